// The panel: what is known of a place, a zone, a cluster or a project, with its sources.

// A list that opens in steps, so that a long one does not hold up the page.
function listOf(items, draw, step = 40) {
  const list = h("ul", { class: "rk-list" });
  let shown = 0;
  const more = h("button", { class: "rk-more", onclick: () => grow() });
  const grow = () => {
    list.append(...items.slice(shown, shown + step).map((item) => h("li", {}, draw(item))));
    shown = Math.min(items.length, shown + step);
    more.hidden = shown >= items.length;
    more.textContent = say("more", items.length - shown);
  };
  grow();
  return [list, more];
}

function section(title, count, ...body) {
  if (!body.flat(3).filter(Boolean).length) return null;
  return h("section", {}, h("h3", {}, title, count ? h("small", {}, " " + count) : null), body);
}

function link(text, kind, id) {
  return h("button", { class: "rk-link", onclick: () => select(kind, id, { zoom: true }) }, text);
}

function unitLink(code) {
  const known = U.countyRow.has(code) || U.cityRow.has(code) || code === U.province[0];
  return known ? link(unitName(code), unitKind(code), code) : code;
}

function joined(nodes) {
  return nodes.flatMap((node, i) => (i ? ["、", node] : [node]));
}

function rowsWhere(column, test) {
  const rows = [];
  column.forEach((value, row) => test(value) && rows.push(row));
  return rows;
}

function targetLine(row) {
  const G = T.targets;
  const extra = [label("nature", G.nature[row]), G.baseline[row] && W.baseline + " " + G.baseline[row]].filter(Boolean).join("，");
  return [h("span", {}, G.indicator[row] + " "), h("b", {}, G.words[row]), " " + (G.target_year[row] || ""),
    extra ? h("small", {}, "（" + extra + "）") : null, citation(G, row),
    G.note[row] && h("small", { class: "rk-note" }, G.note[row])];
}

function targetRows(scopes) {
  const G = T.targets;
  const rows = [];
  for (let row = 0; row < G.size; row++) {
    if (scopes.has(G.scope_kind[row] + ":" + G.scope_id[row])) rows.push(row);
  }
  const year = S.filter.year;
  return rows.filter((row) => !year || G.target_year[row] === year)
    .sort((a, b) => (G.target_year[b] || 0) - (G.target_year[a] || 0));
}

function targetSection(title, rows, open) {
  if (!rows.length) return null;
  return h("details", { open }, h("summary", {}, title + " " + rows.length), listOf(rows, targetLine));
}

function bindingTargets(code, zones) {
  const kind = unitKind(code);
  const own = targetRows(new Set([kind + ":" + code]));
  const places = T.places.id.filter((_, row) => T.places.adcode[row] && isWithin(T.places.adcode[row], code) && kind !== "province");
  const inside = targetRows(new Set(places.map((id) => "place:" + id)));
  const above = [
    ...zones.map((z) => [T.zones.name[z], new Set(["zone:" + T.zones.id[z]])]),
    ...(kind === "county" && cityOf(code) ? [[unitName(cityOf(code)), new Set(["city:" + cityOf(code)])]] : []),
    ...(kind !== "province" ? [[U.province[1], new Set(["province:" + U.province[0]])]] : []),
  ];
  const blocks = [
    targetSection(W.ownTargets, own, own.length < 30), targetSection(W.place, inside, true),
    ...above.map(([name, scopes]) => targetSection(name, targetRows(scopes), false)),
  ].filter(Boolean);
  return section(W.targets, 0, blocks);
}

function statisticLines(code) {
  const found = [];
  for (const series of T.statistics) {
    const at = series.adcode.indexOf(code);
    if (at >= 0) found.push([series, at]);
  }
  found.sort((a, b) => b[0].year - a[0].year);
  return section(W.statistics, found.length, h("table", { class: "rk-figures" }, found.map(([series, at]) =>
    h("tr", {}, h("th", { scope: "row" }, series.indicator + " " + series.year),
      h("td", {}, h("b", {}, formatQuantity(series.value[at], series.unit))),
      h("td", {}, cite(series.source_id, series.locator, series.basis), series.note[at] && h("small", { class: "rk-note" }, series.note[at]))))));
}

function zoneLines(code) {
  const rows = membershipRows(code);
  const line = (row) => {
    const z = T.zoneRow.get(T.memberships.zone_id[row]);
    return [h("i", { class: "rk-dot", style: null }), link(T.zones.name[z], "zone", T.zones.id[z]),
      T.memberships.role[row] ? h("small", {}, " " + label("member_role", T.memberships.role[row])) : null,
      T.memberships.adcode[row] !== code ? h("small", {}, "（" + unitName(T.memberships.adcode[row]) + W.whollyIn + "）") : null,
      citation(T.memberships, row), T.memberships.note[row] && h("small", { class: "rk-note" }, T.memberships.note[row])];
  };
  const isOwn = (row) => T.zones.kind[T.zoneRow.get(T.memberships.zone_id[row])] === D.zone_kind;
  const own = rows.filter(isOwn), others = rows.filter((row) => !isOwn(row));
  const partial = unitKind(code) !== "city" ? [] : strategicZones().filter((z) =>
    !zonesOf(code).includes(z) && T.zones.counties[z].some((row) => U.counties.city[row] === U.cityRow.get(code)));
  return section(W.belongs, own.length, own.length || partial.length ? listOf(own, line) : h("p", {}, W.noZone),
    partial.map((z) => h("p", {}, link(T.zones.name[z], "zone", T.zones.id[z]), h("small", {}, "（" + W.partlyIn + "）"))),
    others.length ? h("details", {}, h("summary", {}, W.grouping + " " + others.length), listOf(others, line)) : null);
}

function profileLines(code) {
  const rows = rowsWhere(T.profiles.adcode, (c) => c === code);
  return section(W.profile, 0, rows.map((row) => h("p", {}, (T.profiles.positioning[row] || []).join("；"),
    citation(T.profiles, row), T.profiles.note[row] && h("small", { class: "rk-note" }, T.profiles.note[row]))));
}

function industryLines(code) {
  const I = T.industries, rows = rowsWhere(I.adcode, (c) => c === code);
  if (!rows.length) return null;
  return section(W.industries, rows.length, listOf(rows, (row) => {
    const s = T.sectors.id.indexOf(I.sector_id[row]);
    const dot = h("i", { class: "rk-dot" });
    dot.style.background = T.sectors.colour[s];
    return [dot, I.industry[row], h("small", {}, "（" + label("industry_role", I.role[row]) + "；" + T.sectors.name[s] + "）"), citation(I, row)];
  }));
}

function clusterLines(code) {
  const C = T.cluster_places, rows = rowsWhere(C.adcode, (c) => isWithin(c, code) || c === cityOf(code));
  if (!rows.length || unitKind(code) === "province") return null;
  return section(W.clustersHere, 0, listOf(rows, (row) => {
    const k = T.clusters.cluster_id.indexOf(C.cluster_id[row]);
    return [link(T.clusters.name[k], "cluster", C.cluster_id[row]),
      h("small", {}, "（" + [label("cluster_role", C.role[row]), C.adcode[row] === code ? "" : unitName(C.adcode[row])].filter(Boolean).join("，") + "）"), citation(C, row)];
  }));
}

function taskLine(row) {
  const K = T.tasks;
  const years = [K.start_year[row], K.end_year[row]].filter(Boolean);
  return [K.title[row], h("small", {}, [years.length ? [...new Set(years)].join("–") : "", K.lead[row] ? W.lead + "：" + K.lead[row] : ""].filter(Boolean).join("；")),
    citation(K, row), K.note[row] && h("small", { class: "rk-note" }, K.note[row])];
}

function taskLines(test) {
  const rows = [];
  for (let row = 0; row < T.tasks.size; row++) if (test(row)) rows.push(row);
  if (!rows.length) return null;
  return section(W.tasksHere, rows.length, h("details", { open: rows.length < 12 }, h("summary", {}, say("all_in", rows.length)), listOf(rows, taskLine)));
}

function taskCodes(row) {
  return T.tasks.adcodes[row] ? T.tasks.adcodes[row].split(" ") : [];
}

function unitPanel(code) {
  const kind = unitKind(code), P = T.projects;
  const kept = new Set(filterProjects());
  const mine = rowsWhere(P.codes, (codes) => codes.some((c) => isWithin(c, code)))
    .filter((i) => kept.has(i));
  const zones = zonesOf(code);
  const table = kind === "county" ? U.counties : U.cities;
  const at = kind === "county" ? U.countyRow.get(code) : U.cityRow.get(code);
  const layer = views[0].layer;
  const shown = layer && kind === "county" ? layerRows(layer, at).filter((place) => layer.codes[place] >= 0) : [];
  const up = kind === "county" ? cityOf(code) : kind === "city" ? U.province[0] : null;
  const rowsInCity = kind === "county" && up && up !== code
    ? rowsWhere(P.codes, (codes) => codes.includes(up) && !codes.includes(code)).filter((i) => kept.has(i)).length : 0;
  return [
    h("p", {}, W[kind] + " · " + code, up ? [" · ", unitLink(up)] : null),
    at !== undefined ? h("p", {}, W.area + "：" + formatNumber(table.km2[at]) + " km²", h("span", { class: "rk-cite" }, D.boundaries, h("span", { class: "rk-basis rk-derived" }, W.basis_derived))) : null,
    shown.map((place) => h("p", { class: "rk-shown" }, layer.title + "：", h("b", {}, valueLabel(layer, place)),
      h("span", { class: "rk-cite" }, (layer.cites && layer.cites[place]) || layer.source))),
    kind === "province" ? h("p", {}, say("placesTotal", U.cities.size, U.counties.size)) : zoneLines(code),
    profileLines(code), industryLines(code), statisticLines(code),
    kind === "province" ? null : clusterLines(code),
    projectSections(mine),
    rowsInCity ? h("p", {}, link(unitName(up), "city", up), h("small", {}, " " + W.projects + "：" + rowsInCity + "（" + W.whollyIn + "）")) : null,
    bindingTargets(code, zones),
    kind === "province" ? h("p", { class: "rk-note" }, say("unplaced", T.elsewhere.tasks, T.elsewhere.targets)) : null,
    kind === "province"
      ? taskLines((row) => !T.tasks.zone_ids[row] && taskCodes(row).every((c) => c === code))
      : taskLines((row) => taskCodes(row).some((c) => isWithin(c, code))),
  ];
}

function clusterPanel(id) {
  const C = T.clusters, k = C.cluster_id.indexOf(id);
  const rows = rowsWhere(T.cluster_places.cluster_id, (c) => c === id);
  return [
    h("p", {}, label("tier", C.tier[k]), citation(C, k)),
    C.note[k] && h("p", { class: "rk-note" }, C.note[k]),
    section(W.touches, rows.length, listOf(rows, (row) => [unitLink(T.cluster_places.adcode[row]),
      h("small", {}, "（" + label("cluster_role", T.cluster_places.role[row]) + "）"), citation(T.cluster_places, row)])),
    section(W.targets, 0, targetSection(W.ownTargets, targetRows(new Set(["cluster:" + id])), true)),
  ];
}

// A functional area, station, port or another named place.
function placePanel(id) {
  const Q = T.places, row = Q.id.indexOf(id), code = Q.adcode[row];
  const mine = targetRows(new Set(["place:" + id]));
  return [
    h("p", {}, label("place_kind", Q.kind[row]), citation(Q, row)),
    h("p", {}, h("span", { class: "rk-key" }, W.liesIn + " "), code ? [unitLink(code), cityOf(code) ? ["，", unitLink(cityOf(code))] : null] : W.noArea),
    h("p", {}, h("span", { class: "rk-key" }, W.located + " "), Q.at[row] ? label("location_basis", Q.location_basis[row]) || W.located : W.nowhere),
    Q.location_source[row] && h("p", { class: "rk-note" }, Q.location_source[row]),
    Q.note[row] && h("p", { class: "rk-note" }, Q.note[row]),
    section(W.targets, 0, targetSection(W.ownTargets, mine, true)),
  ];
}

function panelTitle(kind, id, row) {
  if (kind === "project") return T.projects.name[id];
  if (kind === "zone") return T.zones.name[T.zoneRow.get(id)];
  if (kind === "place") return T.places.name[T.places.id.indexOf(id)];
  if (kind === "cluster") return T.clusters.name[T.clusters.cluster_id.indexOf(id)];
  if (kind === "custom") return O[L_.find((one) => one.id === id).level].names[row];
  if (kind === "mark") return markOf(id).names[row];
  return unitName(id);
}

function showPanel() {
  const chosen = S.chosen;
  page.panel.hidden = !chosen;
  page.root.classList.toggle("rk-with-panel", !!chosen);
  if (!chosen) return;
  const { kind, id, row } = chosen;
  const body = kind === "project" ? projectPanel(id) : kind === "zone" ? zonePanel(id)
    : kind === "cluster" ? clusterPanel(id) : kind === "place" ? placePanel(id) : kind === "custom" || kind === "mark" ? customPanel(id, row)
    : unitPanel(id);
  const title = h("h2", { tabindex: "-1", id: "rk-panel-title" }, panelTitle(kind, id, row));
  fill(page.panel,
    h("header", {}, title,
      h("button", { onclick: () => printPage("panel"), class: "rk-noprint" }, W.printPanel),
      h("button", { onclick: () => select(null), class: "rk-noprint", "aria-label": W.close }, "×")),
    h("div", { class: "rk-panel-body", tabindex: "0" }, body));
}
