// What part of the plane a map shows.

import { boxOf, readLine } from "./decode.js";
import { rowsWhere, unitKind } from "./facts.js";
import { worldPoint } from "./plane.js";
import { page, sent, state, tables, units, views } from "./state.js";

export function boundsOf(kind, id) {
  const rows =
    kind === "county"
      ? [units.countyRow.get(id)]
      : kind === "zone"
        ? tables.zones.counties[tables.zoneRow.get(id)]
        : kind === "city"
          ? rowsWhere(units.counties.city, (c) => c === units.cityRow.get(id))
          : kind === "province" && units.provinces.id.includes(id)
            ? rowsWhere(units.counties.province, (p) => units.provinces.id[p] === id)
            : kind === "province"
              ? units.counties.id.map((_, r) => r)
              : [];
  let lines = rows.flatMap((row) => units.lines[row]);
  if (kind === "place") {
    const row = tables.places.id.indexOf(id),
      code = tables.places.adcode[row];
    if (!tables.places.at[row]) return code ? boundsOf(unitKind(code), code) : null;
    const { x, y } = worldPoint(tables.places.at[row]);
    lines = [[x, y]];
  }
  if (kind === "project") {
    const P = tables.projects;
    if (P.line[id]) lines = [readLine(P.line[id], sent.grid.steps)];
    else if (P.at[id]) {
      const { x, y } = worldPoint(P.at[id]);
      lines = [[x, y]];
    } else
      for (const code of P.codes[id]) if (code !== units.province[0]) return boundsOf(unitKind(code), code);
  }
  if (!lines.length) return null;
  const [west, north, east, south] = boxOf(lines);
  const at = (x, y) => L.CRS.EPSG3857.pointToLatLng(L.point(x, y), 0);
  return L.latLngBounds(at(west, south), at(east, north));
}

// What lies over the map below: the strip with the source, and above it the scale bar's height.
const STRIP = 26;

/** How far the region keeps from the edges of the map, px. */
function room() {
  return innerWidth < 500
    ? { paddingTopLeft: [4, 4], paddingBottomRight: [4, STRIP + 4] }
    : { paddingTopLeft: [16, 14], paddingBottomRight: [20, STRIP + 12] };
}

// Show again what was seen before the map changed its size; the whole region as large as it can be.
export function fitSeen(map, seen) {
  if (seen.contains(page.bounds)) fitRegion(map);
  else map.fitBounds(seen, { animate: false });
}

function fitRegion(map) {
  const snap = map.options.zoomSnap;
  // As large as it can be, not only to the next step.
  map.options.zoomSnap = 0;
  map.fitBounds(page.bounds, { animate: false, ...room() });
  map.options.zoomSnap = snap;
}

export function fitAll(map = views[0].map) {
  fitRegion(map);
  for (const view of views) view.homeZoom = map.getZoom();
}

// A legend may hide so many corners of borders: a bay of the coast, no city.
const FEW_HIDDEN = 20;
// From this width of the window a legend is not folded: the map beside it is wide enough to read.
const WIDE = 1200;

/** How many corners of borders a box on the screen hides. */
export function hiddenCorners(map, box) {
  const at = map.getContainer().getBoundingClientRect(),
    scale = 2 ** map.getZoom(),
    origin = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
  let n = 0;
  for (const arc of units.arcs)
    for (let i = 0; i < arc.length; i += 2) {
      const x = arc[i] * scale - origin.x + at.left,
        y = arc[i + 1] * scale - origin.y + at.top;
      if (x > box.left && x < box.right && y > box.top && y < box.bottom) n += 1;
    }
  return n;
}

/**
 * The legend stands where it hides next to nothing of the region: below at the left, above, or
 * below at the right, narrow where it must be. Where it would hide land everywhere it is folded
 * until the reader opens it, or in a wide window stands where it hides the least.
 */
export function settleLegend(view) {
  const { legend, map } = view;
  // Near by all is land: what was decided for the whole region stays.
  if (innerWidth < 600 || !units.arcs || !map.getBounds().contains(page.bounds)) return;
  const sides = ["", "rk-legend-up", ...(state.swipe || sent.far ? [] : ["rk-legend-right"])];
  const put = (place) => {
    legend.className = "rk-legend-box " + place;
  };
  const hidden = (place) => {
    put(place);
    return hiddenCorners(map, legend.getBoundingClientRect());
  };
  if (!view.isLegendAsked) legend.open = true;
  for (const width of ["", "rk-legend-narrow "]) {
    const counts = sides.map((side) => hidden(width + side)),
      least = Math.min(...counts);
    put(width + sides[counts.indexOf(least)]);
    if (least <= FEW_HIDDEN) return;
  }
  if (view.isLegendAsked || innerWidth >= WIDE) return;
  legend.open = false;
  put("");
}
