// Names on the map, as text that a search of the page and a screen reader find.

import { worldX, worldY } from "./decode.js";
import { h } from "./dom.js";
import { strategicZones } from "./facts.js";
import { hasGround } from "./ground.js";
import { worldPoint } from "./plane.js";
import { sent, state, tables, units } from "./state.js";
import { isFilled } from "./zones.js";

/** Sizes of names by the width of the map's window, px. */
function nameSizes() {
  const sizes = sent.signs.names;
  if (innerWidth < 500) return sizes.phone;
  return innerWidth < 900 ? sizes.embed : innerWidth > 1700 ? sizes.room : sizes.usual;
}

// Where a name may stand about its point: beside, above, below; in shares of its own size.
const BESIDE = [
  [0.5, 0, 6, 0],
  [-0.5, 0, -6, 0],
  [0, -0.5, 0, -5],
  [0, 0.5, 0, 5],
  [0.5, -0.5, 4, -2],
  [-0.5, -0.5, -4, -2],
];
const WITHIN = [
  [0, 0, 0, 0],
  [0, 0, 0, -16],
  [0, 0, 0, 16],
  [0, 0, 0, -30],
  [0, 0, 0, 30],
  [0, 0, -40, 0],
  [0, 0, 40, 0],
  [0, 0, -40, -24],
  [0, 0, 40, 24],
  [0, 0, -40, 24],
  [0, 0, 40, -24],
  [0, 0, 0, -48],
  [0, 0, 0, 48],
];

/** Width of a name in px, letters between its letters included. */
function nameWidth(text, size, spaced) {
  let wide = 0;
  for (const letter of text) wide += letter.charCodeAt(0) < 256 ? 0.56 : 1;
  return (wide + spaced * Math.max(0, text.length - 1)) * size;
}

/** The names that a map may have, most important first. */
function wantedNames(view) {
  const sizes = nameSizes(),
    zoom = view.map.getZoom(),
    wanted = [];
  const add = (kind, text, point, size, places, more) => {
    if (point && text && size) wanted.push({ kind, text, ...point, size, places, spaced: 0, ...more });
  };
  const crowd = innerWidth < 500 && zoom < view.homeZoom + 0.6 ? 2 : Infinity;
  const isWide = units.provinces.at.some(Boolean) && zoom < view.homeZoom + 0.6;
  if (state.overlays.has("cities") && isWide) {
    units.provinces.at.forEach((at, row) => {
      add("province", units.provinces.short[row], worldPoint(at), sizes.seat, WITHIN.slice(0, 7));
    });
  } else if (state.overlays.has("cities")) {
    const seats = units.cities.seat;
    units.cities.at.forEach((at, row) => {
      if (units.cities.rank[row] >= crowd) return;
      const seat = seats && seats[row];
      add(
        "city",
        units.cities.short[row] + gapAt(view, row),
        worldPoint(seat || at),
        sizes.seat,
        seat ? BESIDE : WITHIN,
        {
          first: units.cities.rank[row],
        },
      );
    });
    wanted.sort((a, b) => a.first - b.first);
  }
  if (tables.zones && state.overlays.has("zones")) {
    for (const z of strategicZones()) {
      const at = tables.zones.name_at[z];
      if (at && isFilled(view)) {
        add("zone", tables.zones.short[z], worldPoint(at), sizes.zone, WITHIN, {
          colour: tables.zones.ink[z],
          spaced: 0.08,
        });
      }
    }
  }
  if (state.overlays.has("cities") && zoom >= sent.signs.county_zoom) {
    units.counties.at.forEach((at, row) => {
      // A unit directly under the province is a city and a county: it is named once, as a city.
      if (units.cities.id[units.counties.city[row]] === units.counties.id[row]) return;
      add("county", units.counties.name[row], worldPoint(at), sizes.county, WITHIN.slice(0, 5));
    });
  }
  if (hasGround(view)) {
    for (const [text, at, kind] of sent.ground.names) {
      const steps = sent.ground.scale;
      add(kind, text, { x: worldX(at[0] / steps), y: worldY(at[1] / steps) }, sizes[kind], WITHIN, {
        spaced: 0.45,
      });
    }
  }
  return wanted;
}

/** Boxes of what lies over the map: a name under it would be half a name. */
function coveredBoxes(view, corner) {
  const box = view.map.getContainer(),
    at = box.getBoundingClientRect(),
    over = box.parentNode.parentNode.querySelectorAll(
      ".rk-foot, .rk-legend-box, .leaflet-control-scale, .leaflet-control-zoom, .rk-inset",
    );
  return [...over]
    .map((one) => one.getBoundingClientRect())
    .filter((one) => one.width && one.left < at.right && one.right > at.left)
    .map(({ left, top, right, bottom }) => [
      left - at.left + corner.x,
      top - at.top + corner.y,
      right - at.left + corner.x,
      bottom - at.top + corner.y,
    ]);
}

/** Put the names where they hide neither each other nor a seat. */
export function placeNames(view) {
  const map = view.map,
    scale = 2 ** map.getZoom(),
    origin = map.getPixelOrigin(),
    corner = map.containerPointToLayerPoint([0, 0]),
    size = map.getSize(),
    taken = [...coveredBoxes(view, corner)];
  if (!view.names) {
    const pane = map.getPane("rk-names") || map.createPane("rk-names");
    pane.className += " rk-names leaflet-zoom-hide";
    pane.style.pointerEvents = "none";
    view.names = pane;
  }
  const wanted = wantedNames(view);
  for (const name of wanted) {
    if (name.kind !== "city" || name.places !== BESIDE) continue;
    const x = name.x * scale - origin.x,
      y = name.y * scale - origin.y;
    taken.push([x - 5, y - 5, x + 5, y + 5]);
  }
  const spans = [];
  for (const name of wanted) {
    const wide = nameWidth(name.text, name.size, name.spaced) + 4,
      high = name.size * 1.25;
    const x = name.x * scale - origin.x,
      y = name.y * scale - origin.y;
    const place = name.places.find(([ax, ay, dx, dy]) => {
      const left = x + dx + ax * wide - wide / 2,
        top = y + dy + ay * high - high / 2;
      const box = [left, top, left + wide, top + high];
      if (box[0] < corner.x + 2 || box[1] < corner.y + 2) return false;
      if (box[2] > corner.x + size.x - 2 || box[3] > corner.y + size.y - 2) return false;
      if (taken.some((one) => one[0] < box[2] && one[2] > box[0] && one[1] < box[3] && one[3] > box[1])) {
        return false;
      }
      taken.push(box);
      name.box = box;
      return true;
    });
    if (!place) continue;
    const span = h("span", { class: "rk-name rk-name-" + name.kind }, name.text);
    span.style.left = Math.round(name.box[0]) + "px";
    span.style.top = Math.round(name.box[1]) + "px";
    span.style.width = Math.ceil(name.box[2] - name.box[0]) + "px";
    span.style.fontSize = name.size + "px";
    span.style.letterSpacing = name.spaced + "em";
    if (name.colour) span.style.color = name.colour;
    spans.push(span);
  }
  view.names.textContent = "";
  view.names.append(...spans);
}

/** The gap of a city to its target, where the map shows gaps: colour never works alone. */
function gapAt(view, row) {
  const layer = view.layer;
  return layer && layer.goal && layer.level === "city" ? " " + layer.goal.gaps[row] : "";
}
