// What lies about the region: sea, shore, neighbours and their borders, beneath everything else.

import { readLine } from "./decode.js";
import { strokeLines, traceAreas } from "./draw.js";
import { outlineArcs } from "./plane.js";
import { sent, units } from "./state.js";

const PARTS = ["lands", "rest", "coast", "border", "own_border", "dashes"];

/** Lines of the ground by part, read once. */
function readGround() {
  if (!units.ground) {
    units.ground = {};
    for (const part of PARTS) {
      units.ground[part] = sent.ground[part].map((line) => readLine(line, sent.ground.scale));
    }
  }
  return units.ground;
}

/** Whether the map has tiles of its own beneath ours, which nothing may cover. */
function hasTiles(map) {
  let found = false;
  map.eachLayer((layer) => {
    if (layer instanceof L.GridLayer) found = true;
  });
  return found;
}

export function hasGround(view) {
  return sent.ground !== null && !hasTiles(view.map);
}

export function drawGround(view, to) {
  if (!hasGround(view)) return;
  const ground = readGround(),
    colours = sent.signs.colours,
    lines = sent.signs.lines,
    { pen } = to;
  pen.fillStyle = colours.water;
  pen.fillRect(0, 0, to.wide, to.high);
  strokeLines(to, [...ground.lands, ...ground.rest, ...outlineArcs()], colours.shore, lines.shore);
  for (const [part, colour] of [
    ["lands", colours.neighbour],
    ["rest", colours.rest],
  ]) {
    traceAreas(to, [ground[part]]);
    pen.fillStyle = colour;
    pen.fill("evenodd");
  }
  strokeLines(to, ground.lands, colours.neighbour, 0.6);
  pen.setLineDash(lines.border_dashes);
  strokeLines(to, ground.border, colours.city, lines.border);
  pen.setLineDash([]);
  strokeLines(to, ground.coast, colours.coast, lines.coast);
  // In an inset's thin lines nobody would see them.
  strokeLines(to, ground.dashes, colours.province, lines.province / (to.thin || 1));
}

/** The region's own coast, and over it where it borders on land. */
export function drawOutline(view, to) {
  if (!hasGround(view)) return;
  const colours = sent.signs.colours,
    lines = sent.signs.lines;
  strokeLines(to, outlineArcs(), colours.coast, lines.coast);
  strokeLines(to, readGround().own_border, colours.province, lines.province);
}
