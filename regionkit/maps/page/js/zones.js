// A kind of layer: zones and other groupings of the region's counties.

Object.assign(View.prototype, {
  findZones() {
    this.zones = [];
    this.sharedArcs = new Map();
    if (!T.zones) return;
    if (S.overlays.has("zones")) strategicZones().forEach((z, order) => this.zones.push(zoneLook(z, order)));
    const chosen = S.grouping ? T.zoneRow.get(S.grouping) : undefined;
    if (chosen !== undefined) this.zones.push({ ...zoneLook(chosen, 1), size: 7, isGrouping: true });
    const users = new Map();
    for (const zone of this.zones) for (const arc of zone.arcs) push(users, arc, zone);
    this.sharedArcs = new Map([...users].filter(([, zones]) => zones.length > 1));
  },

  // Outline and hatch; another direction for each zone, so that overlaps show as lattices. Over
  // a theme only overlaps are hatched, so that its colours can be read.
  drawZone(to, zone) {
    const { pen } = to, sparse = this.layer && !zone.isGrouping;
    const rows = sparse ? zone.shared : zone.rows;
    if (rows.length) {
      traceAreas(to, rows.map((row) => U.lines[row]));
      pen.globalAlpha = sparse ? 0.75 : 0.6;
      pen.fillStyle = pattern(pen, { hatch: zoneHatch(zone.order).hatch, colours: [zone.colour],
        size: zone.size || (sparse ? 15 : 13), width: sparse ? 1 : 0.8 });
      pen.fill("evenodd");
      pen.globalAlpha = 1;
    }
    strokeLines(to, zone.arcs.filter((arc) => !this.sharedArcs.has(arc)), zone.colour, 2.2);
    // Where two outlines run along one border each takes its turn, so that both colours are seen.
    for (const [arc, zones] of this.sharedArcs) {
      const turn = zones.indexOf(zone);
      if (turn < 0) continue;
      pen.setLineDash([9, 9 * (zones.length - 1)]);
      pen.lineDashOffset = -9 * turn;
      strokeLines(to, [arc], zone.colour, 2.2);
    }
    pen.setLineDash([]);
    pen.lineDashOffset = 0;
  },
});

// Another direction for each zone.
function zoneHatch(order) {
  const hatches = D.signs.zone_hatches;
  return hatches[order % hatches.length];
}

function strategicZones() {
  return T.zones.kind.flatMap((kind, z) => (kind === D.zone_kind ? [z] : []));
}

function zoneLook(z, order) {
  const cache = U.zones || (U.zones = new Map());
  if (!cache.has(z)) {
    const rows = T.zones.counties[z], others = strategicZones().filter((other) => other !== z);
    cache.set(z, { rows, order, colour: T.zones.colour[z],
      shared: rows.filter((row) => others.some((other) => T.zones.counties[other].includes(row))),
      arcs: outlineOf(rows, U.rings).map((arc) => U.arcs[arc]) });
  }
  return cache.get(z);
}

// What a chosen corridor or other grouping is, and that it has no area where no member is named.
function groupingLegend() {
  const Z = T.zones, z = T.zoneRow.get(S.grouping), rows = Z.counties[z];
  const inferred = T.memberships.zone_id.some((id, row) => id === S.grouping && T.memberships.basis[row] === "inferred");
  return [h("h3", {}, label("zone_kind", Z.kind[z])),
    h("ul", { class: "rk-legend" }, h("li", {}, rows.length ? hatchSwatch([[Z.colour[z], 1]]) : null,
      link(Z.name[z], "zone", S.grouping), h("span", { class: "rk-n" }, String(rows.length)))),
    rows.length ? (inferred ? h("p", { class: "rk-note" }, W.someInferred) : null) : h("p", { class: "rk-note" }, W.noArea)];
}

function overlapCount() {
  const times = new Map();
  for (const z of strategicZones()) for (const row of T.zones.counties[z]) times.set(row, (times.get(row) || 0) + 1);
  return [...times.values()].filter((n) => n > 1).length;
}

function hatchSwatch(zones) {
  const box = h("i", { class: "rk-swatch rk-hatch", "aria-hidden": "true" });
  box.style.background = zones.map(([colour, order]) => "repeating-linear-gradient(" +
    zoneHatch(order).angle + "deg," + colour + " 0 1px,transparent 1px 5px)").join();
  box.style.borderColor = zones[0][0];
  return box;
}

// Over a theme a zone shows by its outline alone.
function zoneSwatch(colour, order, layer) {
  const box = hatchSwatch([[colour, order]]);
  if (layer) box.style.background = "none";
  return box;
}

function overlapSwatch() {
  return hatchSwatch(strategicZones().slice(0, 2).map((z, order) => [T.zones.colour[z], order]));
}

function zonePanel(id) {
  const z = T.zoneRow.get(id), Z = T.zones;
  const kept = new Set(filterProjects());
  const members = rowsWhere(T.memberships.zone_id, (zone) => zone === id);
  const counties = new Set(Z.counties[z].map((row) => U.counties.id[row]));
  const mine = rowsWhere(T.projects.codes, (codes) => codes.some((c) => counties.has(c) ||
    members.some((row) => T.memberships.adcode[row] === c))).filter((i) => kept.has(i));
  return [
    h("p", {}, label("zone_kind", Z.kind[z]) + " · " + formatNumber(Z.km2[z]) + " km²", citation(Z, z)),
    Z.note[z] && h("p", { class: "rk-note" }, Z.note[z]),
    section(W.members, members.length, listOf(members, (row) => [unitLink(T.memberships.adcode[row]),
      T.memberships.role[row] ? h("small", {}, " " + label("member_role", T.memberships.role[row])) : null,
      citation(T.memberships, row), T.memberships.note[row] && h("small", { class: "rk-note" }, T.memberships.note[row])])),
    section(W.targets, 0, targetSection(W.ownTargets, targetRows(new Set(["zone:" + id])), true),
      targetSection(U.province[1], targetRows(new Set(["province:" + U.province[0]])), false)),
    projectSections(mine),
    taskLines((row) => T.tasks.zone_ids[row] && T.tasks.zone_ids[row].split(" ").includes(id)),
  ];
}
