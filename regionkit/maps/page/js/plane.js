// Places on the map's plane at zoom 0.

import { isInside, worldX, worldY } from "./decode.js";
import { sent, units } from "./state.js";

export function readPoint(at) {
  return at ? new L.LatLng(at[1] / sent.grid.steps, at[0] / sent.grid.steps) : null;
}

export function worldPoint(at, steps = sent.grid.steps) {
  return { x: worldX(at[0] / steps), y: worldY(at[1] / steps) };
}

export function closed(line) {
  return Float64Array.of(...line, line[0], line[1]);
}

export function isNear(line, x, y, far) {
  for (let i = 2; i < line.length; i += 2) {
    const ax = line[i - 2],
      ay = line[i - 1],
      dx = line[i] - ax,
      dy = line[i + 1] - ay;
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    if (Math.hypot(ax + t * dx - x, ay + t * dy - y) <= far) return true;
  }
  return false;
}

// The row of the unit that holds a point of the plane; -1 for none.
export function unitAt(x, y) {
  return units.boxes.findIndex(
    (box, row) =>
      x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && isInside(units.lines[row], x, y),
  );
}

// Borders of cities: arcs between counties of two cities, or of a city and none.
export function cityArcs() {
  if (!units.cityArcs) {
    const sides = units.arcs.map(() => []);
    units.rings.forEach((rings, row) =>
      rings.forEach((ring) => ring.forEach((n) => sides[n < 0 ? ~n : n].push(units.counties.city[row]))),
    );
    units.cityArcs = units.arcs.filter((_, n) => sides[n].length < 2 || sides[n][0] !== sides[n][1]);
  }
  return units.cityArcs;
}

// Places about a point that do not hide each other: a spiral of equal steps.
export function spiral(number, step) {
  if (!number) return [0, 0];
  const turn = number * 2.39996,
    far = step * Math.sqrt(number);
  return [Math.round(far * Math.cos(turn)), Math.round(far * Math.sin(turn))];
}

// The outline of the region: arcs that one county alone has.
export function outlineArcs() {
  if (!units.outlineArcs) {
    const times = units.arcs.map(() => 0);
    for (const rings of units.rings)
      for (const ring of rings) for (const n of ring) times[n < 0 ? ~n : n] += 1;
    units.outlineArcs = units.arcs.filter((_, n) => times[n] === 1);
  }
  return units.outlineArcs;
}
