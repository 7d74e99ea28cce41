// A kind of layer: zones and other groupings of the region's counties.

import { outlineOf } from "./decode.js";
import { h } from "./dom.js";
import { strokeLines, traceAreas } from "./draw.js";
import { label, push, strategicZones } from "./facts.js";
import { link } from "./lists.js";
import { sent, state, tables, units, words } from "./state.js";

export function findZones(view) {
  view.zones = [];
  if (!tables.zones) return;
  if (state.overlays.has("zones")) strategicZones().forEach((z) => view.zones.push(zoneLook(z)));
  const chosen = state.grouping ? tables.zoneRow.get(state.grouping) : undefined;
  if (chosen !== undefined) view.zones.push({ ...zoneLook(chosen), isGrouping: true });
}

// What a chosen corridor or other grouping is, and that it has no area where no member is named.
export function groupingLegend() {
  const Z = tables.zones,
    z = tables.zoneRow.get(state.grouping),
    rows = Z.counties[z];
  const inferred = tables.memberships.zone_id.some(
    (id, row) => id === state.grouping && tables.memberships.basis[row] === "inferred",
  );
  return [
    h("h3", {}, label("zone_kind", Z.kind[z])),
    h(
      "ul",
      { class: "rk-legend" },
      h(
        "li",
        {},
        rows.length ? zoneSwatch(z) : null,
        link(Z.name[z], "zone", state.grouping),
        h("span", { class: "rk-n" }, String(rows.length)),
      ),
    ),
    rows.length
      ? inferred
        ? h("p", { class: "rk-note" }, words.someInferred)
        : null
      : h("p", { class: "rk-note" }, words.noArea),
  ];
}

/** Whether zones are filled: where they are the subject, and not under a theme or projects. */
export function isFilled(view) {
  return (
    !!tables.zones &&
    !view.layer &&
    !sent.basemap &&
    state.overlays.has("zones") &&
    !state.overlays.has("projects")
  );
}

/** Colours of the zones that a county lies in. */
export function zoneFills(row) {
  return strategicZones()
    .filter((z) => tables.zones.counties[z].includes(row))
    .map((z) => tables.zones.fill[z]);
}

// A band inside the zone's outline, so that both of two neighbours are seen; dashed on white where
// the members are inferred.
export function drawZone(view, to, zone) {
  if (!zone.rows.length) return;
  const { pen } = to,
    { zone: width, zone_dashes: dashes } = sent.signs.lines;
  pen.save();
  traceAreas(
    to,
    zone.rows.map((row) => units.lines[row]),
  );
  pen.clip();
  pen.globalAlpha = isFilled(view) || zone.isGrouping ? 0.9 : 0.75;
  strokeLines(to, zone.arcs, zone.colour, 2 * width);
  if (zone.dashed.length) {
    strokeLines(to, zone.dashed, sent.signs.colours.face, 2 * width + 1);
    pen.setLineDash(dashes);
    strokeLines(to, zone.dashed, zone.colour, 2 * width);
    pen.setLineDash([]);
  }
  pen.restore();
}

function zoneLook(z) {
  const cache = units.zones || (units.zones = new Map());
  if (!cache.has(z)) {
    const rows = tables.zones.counties[z],
      arcs = outlineOf(rows, units.rings),
      inferred = new Set();
    for (const row of tables.zones.inferred[z]) {
      for (const ring of units.rings[row]) for (const n of ring) inferred.add(n < 0 ? ~n : n);
    }
    const lines = (numbers) => numbers.map((arc) => units.arcs[arc]);
    cache.set(z, {
      rows,
      colour: tables.zones.colour[z],
      arcs: lines(arcs.filter((arc) => !inferred.has(arc))),
      dashed: lines(arcs.filter((arc) => inferred.has(arc))),
    });
  }
  return cache.get(z);
}

/** Counties that lie in two zones or more. */
export function overlapRows() {
  const times = new Map();
  for (const z of strategicZones())
    for (const row of tables.zones.counties[z]) times.set(row, (times.get(row) || 0) + 1);
  return [...times]
    .filter(([, n]) => n > 1)
    .map(([row]) => row)
    .sort((a, b) => a - b);
}

/** Counties in several zones by the zones they share. */
export function overlapPairs() {
  const pairs = new Map();
  for (const row of overlapRows()) {
    push(
      pairs,
      strategicZones()
        .filter((z) => tables.zones.counties[z].includes(row))
        .join(),
      row,
    );
  }
  return [...pairs].map(([key, rows]) => [key.split(",").map(Number), rows]);
}

/** A zone's edge and fill. */
export function zoneSwatch(z) {
  const box = h("i", { class: "rk-swatch rk-zone-swatch", "aria-hidden": "true" });
  box.style.background = tables.zones.fill[z];
  box.dataset.colours = tables.zones.fill[z];
  box.style.borderLeftColor = tables.zones.colour[z];
  box.style.borderLeftStyle =
    tables.zones.inferred[z].length === tables.zones.counties[z].length ? "dashed" : "solid";
  return box;
}

export function overlapSwatch() {
  const box = h("i", { class: "rk-swatch", "aria-hidden": "true" });
  const [first] = overlapPairs();
  const [one, other] = first ? first[0].map((z) => tables.zones.fill[z]) : ["", ""];
  box.dataset.colours = one + " " + other;
  box.style.background = "repeating-linear-gradient(135deg," + one + " 0 4px," + other + " 4px 8px)";
  return box;
}
