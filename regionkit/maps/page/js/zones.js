// A kind of layer: zones and other groupings of the region's counties.

import { outlineOf } from "./decode.js";
import { h } from "./dom.js";
import { pattern, strokeLines, traceAreas } from "./draw.js";
import { label, push, strategicZones } from "./facts.js";
import { link } from "./lists.js";
import { sent, state, tables, units, words } from "./state.js";

export function findZones(view) {
  view.zones = [];
  view.sharedArcs = new Map();
  if (!tables.zones) return;
  if (state.overlays.has("zones"))
    strategicZones().forEach((z, order) => view.zones.push(zoneLook(z, order)));
  const chosen = state.grouping ? tables.zoneRow.get(state.grouping) : undefined;
  if (chosen !== undefined) view.zones.push({ ...zoneLook(chosen, 1), size: 7, isGrouping: true });
  const users = new Map();
  for (const zone of view.zones) for (const arc of zone.arcs) push(users, arc, zone);
  view.sharedArcs = new Map([...users].filter(([, zones]) => zones.length > 1));
}

// Outline and hatch; another direction for each zone, so that overlaps show as lattices. Over
// a theme only overlaps are hatched, so that its colours can be read.
export function drawZone(view, to, zone) {
  const { pen } = to,
    sparse = view.layer && !zone.isGrouping;
  const rows = sparse ? zone.shared : zone.rows;
  if (rows.length) {
    traceAreas(
      to,
      rows.map((row) => units.lines[row]),
    );
    pen.globalAlpha = sparse ? 0.75 : 0.6;
    pen.fillStyle = pattern(pen, {
      hatch: zoneHatch(zone.order).hatch,
      colours: [zone.colour],
      size: zone.size || (sparse ? 15 : 13),
      width: sparse ? 1 : 0.8,
    });
    pen.fill("evenodd");
    pen.globalAlpha = 1;
  }
  strokeLines(
    to,
    zone.arcs.filter((arc) => !view.sharedArcs.has(arc)),
    zone.colour,
    2.2,
  );
  // Where two outlines run along one border each takes its turn, so that both colours are seen.
  for (const [arc, zones] of view.sharedArcs) {
    const turn = zones.indexOf(zone);
    if (turn < 0) continue;
    pen.setLineDash([9, 9 * (zones.length - 1)]);
    pen.lineDashOffset = -9 * turn;
    strokeLines(to, [arc], zone.colour, 2.2);
  }
  pen.setLineDash([]);
  pen.lineDashOffset = 0;
}

// Another direction for each zone.
function zoneHatch(order) {
  const hatches = sent.signs.zone_hatches;
  return hatches[order % hatches.length];
}

function zoneLook(z, order) {
  const cache = units.zones || (units.zones = new Map());
  if (!cache.has(z)) {
    const rows = tables.zones.counties[z],
      others = strategicZones().filter((other) => other !== z);
    cache.set(z, {
      rows,
      order,
      colour: tables.zones.colour[z],
      shared: rows.filter((row) => others.some((other) => tables.zones.counties[other].includes(row))),
      arcs: outlineOf(rows, units.rings).map((arc) => units.arcs[arc]),
    });
  }
  return cache.get(z);
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
        rows.length ? hatchSwatch([[Z.colour[z], 1]]) : null,
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

export function overlapCount() {
  const times = new Map();
  for (const z of strategicZones())
    for (const row of tables.zones.counties[z]) times.set(row, (times.get(row) || 0) + 1);
  return [...times.values()].filter((n) => n > 1).length;
}

function hatchSwatch(zones) {
  const box = h("i", { class: "rk-swatch rk-hatch", "aria-hidden": "true" });
  box.style.background = zones
    .map(
      ([colour, order]) =>
        "repeating-linear-gradient(" +
        zoneHatch(order).angle +
        "deg," +
        colour +
        " 0 1px,transparent 1px 5px)",
    )
    .join();
  box.style.borderColor = zones[0][0];
  return box;
}

// Over a theme a zone shows by its outline alone.
export function zoneSwatch(colour, order, layer) {
  const box = hatchSwatch([[colour, order]]);
  if (layer) box.style.background = "none";
  return box;
}

export function overlapSwatch() {
  return hatchSwatch(
    strategicZones()
      .slice(0, 2)
      .map((z, order) => [tables.zones.colour[z], order]),
  );
}
