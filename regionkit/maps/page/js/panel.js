// The panel: what is known of a place, a zone, a cluster or a project, with its sources.

import { customPanel, judgedLabel, layerRows } from "./areas.js";
import { fill, h } from "./dom.js";
import {
  citation,
  cite,
  cityOf,
  filterProjects,
  formatNumber,
  formatQuantity,
  isWithin,
  label,
  membershipRows,
  rowsWhere,
  say,
  strategicZones,
  unitKind,
  unitName,
  zonesOf,
} from "./facts.js";
import { projectListing } from "./listing.js";
import { link, listOf, section, unitLink } from "./lists.js";
import { markOf } from "./marks.js";
import { viewPanel, viewTitle } from "./opening.js";
import { presetOf } from "./presets.js";
import { printPage } from "./print.js";
import { projectPanel, projectSections, roughAt } from "./projects.js";
import { commands, layers, ownShapes, page, sent, state, tables, units, views, words } from "./state.js";
import { storyPanel } from "./story.js";
import { targetRows, targetSection, targetYears } from "./targets.js";
import { describe } from "./tip.js";
import { overlapPairs } from "./zones.js";

function bindingTargets(code, zones) {
  const kind = unitKind(code);
  const own = targetRows(new Set([kind + ":" + code]));
  const places = tables.places.id.filter(
    (_, row) => tables.places.adcode[row] && isWithin(tables.places.adcode[row], code) && kind !== "province",
  );
  const inside = targetRows(new Set(places.map((id) => "place:" + id)));
  const above = [
    ...zones.map((z) => [tables.zones.name[z], new Set(["zone:" + tables.zones.id[z]])]),
    ...(kind === "county" && cityOf(code)
      ? [[unitName(cityOf(code)), new Set(["city:" + cityOf(code)])]]
      : []),
    ...(kind !== "province" ? [[units.province[1], new Set(["province:" + units.province[0]])]] : []),
  ];
  const blocks = [
    targetYears(own),
    targetSection(words.ownTargets, own, own.length < 30),
    targetSection(words.place, inside, true),
    ...above.map(([name, scopes]) => targetSection(name, targetRows(scopes), false)),
  ].filter(Boolean);
  const made = section(words.targets, 0, blocks);
  if (made) made.className = "rk-targets";
  return made;
}

function statisticLines(code) {
  const found = [];
  for (const series of tables.statistics) {
    const at = series.adcode.indexOf(code);
    if (at >= 0) found.push([series, at]);
  }
  found.sort((a, b) => b[0].year - a[0].year);
  return section(
    words.statistics,
    found.length,
    h(
      "table",
      { class: "rk-figures" },
      found.map(([series, at]) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, series.indicator + " " + series.year),
          h("td", {}, h("b", {}, formatQuantity(series.value[at], series.unit))),
          h(
            "td",
            {},
            cite(series.source_id, series.locator, series.basis),
            series.note[at] && h("small", { class: "rk-note" }, series.note[at]),
          ),
        ),
      ),
    ),
  );
}

function zoneLines(code) {
  const rows = membershipRows(code);
  const line = (row) => {
    const z = tables.zoneRow.get(tables.memberships.zone_id[row]);
    return [
      h("i", { class: "rk-dot", style: null }),
      link(tables.zones.name[z], "zone", tables.zones.id[z]),
      tables.memberships.role[row]
        ? h("small", {}, " " + label("member_role", tables.memberships.role[row]))
        : null,
      tables.memberships.adcode[row] !== code
        ? h("small", {}, "（" + unitName(tables.memberships.adcode[row]) + words.whollyIn + "）")
        : null,
      citation(tables.memberships, row),
      tables.memberships.note[row] && h("small", { class: "rk-note" }, tables.memberships.note[row]),
    ];
  };
  const isOwn = (row) =>
    tables.zones.kind[tables.zoneRow.get(tables.memberships.zone_id[row])] === sent.zone_kind;
  const own = rows.filter(isOwn),
    others = rows.filter((row) => !isOwn(row));
  const partial =
    unitKind(code) !== "city"
      ? []
      : strategicZones().filter(
          (z) =>
            !zonesOf(code).includes(z) &&
            tables.zones.counties[z].some((row) => units.counties.city[row] === units.cityRow.get(code)),
        );
  return section(
    words.belongs,
    own.length,
    own.length || partial.length ? listOf(own, line) : h("p", {}, words.noZone),
    partial.map((z) =>
      h(
        "p",
        {},
        link(tables.zones.name[z], "zone", tables.zones.id[z]),
        h("small", {}, "（" + words.partlyIn + "）"),
      ),
    ),
    others.length
      ? h("details", {}, h("summary", {}, words.grouping + " " + others.length), listOf(others, line))
      : null,
  );
}

function profileLines(code) {
  const rows = rowsWhere(tables.profiles.adcode, (c) => c === code);
  return section(
    words.profile,
    0,
    rows.map((row) =>
      h(
        "p",
        {},
        (tables.profiles.positioning[row] || []).join("；"),
        citation(tables.profiles, row),
        tables.profiles.note[row] && h("small", { class: "rk-note" }, tables.profiles.note[row]),
      ),
    ),
  );
}

function industryLines(code) {
  const I = tables.industries,
    rows = rowsWhere(I.adcode, (c) => c === code);
  if (!rows.length) return null;
  return section(
    words.industries,
    rows.length,
    listOf(rows, (row) => {
      const s = tables.sectors.id.indexOf(I.sector_id[row]);
      const dot = h("i", { class: "rk-dot" });
      dot.style.background = tables.sectors.colour[s];
      return [
        dot,
        I.industry[row],
        h("small", {}, "（" + label("industry_role", I.role[row]) + "；" + tables.sectors.name[s] + "）"),
        citation(I, row),
      ];
    }),
  );
}

function clusterLines(code) {
  const C = tables.cluster_places,
    rows = rowsWhere(C.adcode, (c) => isWithin(c, code) || c === cityOf(code));
  if (!rows.length || unitKind(code) === "province") return null;
  return section(
    words.clustersHere,
    0,
    listOf(rows, (row) => {
      const k = tables.clusters.cluster_id.indexOf(C.cluster_id[row]);
      return [
        link(tables.clusters.name[k], "cluster", C.cluster_id[row]),
        h(
          "small",
          {},
          "（" +
            [label("cluster_role", C.role[row]), C.adcode[row] === code ? "" : unitName(C.adcode[row])]
              .filter(Boolean)
              .join("，") +
            "）",
        ),
        citation(C, row),
      ];
    }),
  );
}

function taskLine(row) {
  const K = tables.tasks;
  const years = [K.start_year[row], K.end_year[row]].filter(Boolean);
  return [
    K.title[row],
    h(
      "small",
      {},
      [years.length ? [...new Set(years)].join("–") : "", K.lead[row] ? words.lead + "：" + K.lead[row] : ""]
        .filter(Boolean)
        .join("；"),
    ),
    citation(K, row),
    K.note[row] && h("small", { class: "rk-note" }, K.note[row]),
  ];
}

function taskLines(test) {
  const rows = [];
  for (let row = 0; row < tables.tasks.size; row++) if (test(row)) rows.push(row);
  if (!rows.length) return null;
  return section(
    words.tasksHere,
    rows.length,
    h(
      "details",
      { open: rows.length < 12 },
      h("summary", {}, say("all_in", rows.length)),
      listOf(rows, taskLine),
    ),
  );
}

export function taskCodes(row) {
  return tables.tasks.adcodes[row] ? tables.tasks.adcodes[row].split(" ") : [];
}

function unitPanel(code) {
  const kind = unitKind(code),
    P = tables.projects;
  const kept = new Set(filterProjects());
  const mine = rowsWhere(P.codes, (codes) => codes.some((c) => isWithin(c, code))).filter((i) => kept.has(i));
  const zones = zonesOf(code);
  const table = kind === "county" ? units.counties : units.cities;
  const at = kind === "county" ? units.countyRow.get(code) : units.cityRow.get(code);
  const layer = views[0].layer;
  const shown =
    layer && kind === "county" ? layerRows(layer, at).filter((place) => layer.codes[place] >= 0) : [];
  const up = kind === "county" ? cityOf(code) : kind === "city" ? units.province[0] : null;
  const rowsInCity =
    kind === "county" && up && up !== code
      ? rowsWhere(P.codes, (codes) => codes.includes(up) && !codes.includes(code)).filter((i) => kept.has(i))
          .length
      : 0;
  return [
    h("p", {}, words[kind] + " · " + code, up ? [" · ", unitLink(up)] : null),
    at !== undefined
      ? h(
          "p",
          {},
          words.area + "：" + formatNumber(table.km2[at]) + " km²",
          h(
            "span",
            { class: "rk-cite" },
            sent.boundaries,
            h("span", { class: "rk-basis rk-derived" }, words.basis_derived),
          ),
        )
      : null,
    shown.map((place) =>
      h(
        "p",
        { class: "rk-shown" },
        layer.title + "：",
        h("b", {}, judgedLabel(layer, place)),
        h("span", { class: "rk-cite" }, (layer.cites && layer.cites[place]) || layer.source),
      ),
    ),
    kind === "province"
      ? h("p", {}, say("placesTotal", units.cities.size, units.counties.size))
      : zoneLines(code),
    profileLines(code),
    industryLines(code),
    statisticLines(code),
    kind === "province" ? null : clusterLines(code),
    projectSections(mine),
    rowsInCity
      ? h(
          "p",
          {},
          link(unitName(up), "city", up),
          h("small", {}, " " + words.projects + "：" + rowsInCity + "（" + words.whollyIn + "）"),
        )
      : null,
    bindingTargets(code, zones),
    kind === "province"
      ? h("p", { class: "rk-note" }, say("unplaced", tables.elsewhere.tasks, tables.elsewhere.targets))
      : null,
    kind === "province"
      ? taskLines((row) => !tables.tasks.zone_ids[row] && taskCodes(row).every((c) => c === code))
      : taskLines((row) => taskCodes(row).some((c) => isWithin(c, code))),
  ];
}

function clusterPanel(id) {
  const C = tables.clusters,
    k = C.cluster_id.indexOf(id);
  const rows = rowsWhere(tables.cluster_places.cluster_id, (c) => c === id);
  return [
    h("p", {}, label("tier", C.tier[k]), citation(C, k)),
    C.note[k] && h("p", { class: "rk-note" }, C.note[k]),
    section(
      words.touches,
      rows.length,
      listOf(rows, (row) => [
        unitLink(tables.cluster_places.adcode[row]),
        h("small", {}, "（" + label("cluster_role", tables.cluster_places.role[row]) + "）"),
        citation(tables.cluster_places, row),
      ]),
    ),
    section(words.targets, 0, targetSection(words.ownTargets, targetRows(new Set(["cluster:" + id])), true)),
  ];
}

// A functional area, station, port or another named place.
function placePanel(id) {
  const Q = tables.places,
    row = Q.id.indexOf(id),
    code = Q.adcode[row];
  const mine = targetRows(new Set(["place:" + id]));
  return [
    h("p", {}, label("place_kind", Q.kind[row]), citation(Q, row)),
    h(
      "p",
      {},
      h("span", { class: "rk-key" }, words.liesIn + " "),
      code ? [unitLink(code), cityOf(code) ? ["，", unitLink(cityOf(code))] : null] : words.noArea,
    ),
    h(
      "p",
      {},
      h("span", { class: "rk-key" }, words.located + " "),
      Q.at[row] ? label("location_basis", Q.location_basis[row]) || words.located : words.nowhere,
    ),
    Q.location_source[row] && h("p", { class: "rk-note" }, Q.location_source[row]),
    Q.note[row] && h("p", { class: "rk-note" }, Q.note[row]),
    section(words.targets, 0, targetSection(words.ownTargets, mine, true)),
  ];
}

export function panelTitle(kind, id, row) {
  if (kind === "project") return tables.projects.name[id];
  if (kind === "zone") return tables.zones.name[tables.zoneRow.get(id)];
  if (kind === "place") return tables.places.name[tables.places.id.indexOf(id)];
  if (kind === "cluster") return tables.clusters.name[tables.clusters.cluster_id.indexOf(id)];
  if (kind === "custom") return ownShapes[layers.find((one) => one.id === id).level].names[row];
  if (kind === "mark") return markOf(id).names[row];
  if (kind === "several") return say("severalHere", id.length);
  if (kind === "overlap") return words.overlap;
  if (kind === "badge") return say("roughTitle", placeOfBadge(id));
  return unitName(id);
}

/** Counties in several zones, by the zones they share. */
function overlapPanel() {
  return overlapPairs().map(([zones, rows]) =>
    section(
      zones.map((z) => tables.zones.short[z]).join(" + "),
      rows.length,
      listOf(rows, (row) => [
        unitLink(units.counties.id[row]),
        h("small", {}, " " + unitName(cityOf(units.counties.id[row]) || "")),
      ]),
    ),
  );
}

const BODIES = {
  project: projectPanel,
  zone: zonePanel,
  cluster: clusterPanel,
  place: placePanel,
  custom: customPanel,
  mark: customPanel,
  overlap: overlapPanel,
  several: (hits) =>
    h(
      "ul",
      { class: "rk-list" },
      hits.map((rk) =>
        h(
          "li",
          {},
          h(
            "button",
            { class: "rk-link", onclick: () => commands.select(rk.kind, rk.id, { row: rk.row }) },
            describe(rk, views[0].layer)[0],
          ),
        ),
      ),
    ),
  badge: (key) => projectListing(roughAt(key), { zones: true, domains: true }),
};

export function showPanel() {
  const chosen = state.chosen;
  if (state.story) {
    fill(page.panel, h("div", { class: "rk-panel-body", tabindex: "0" }, storyPanel()));
    return;
  }
  page.root.classList.toggle("rk-with-panel", !!chosen);
  if (!chosen) {
    fill(page.panel, h("div", { class: "rk-panel-body", tabindex: "0" }, viewPanel(views[0])));
    return;
  }
  const { kind, id, row } = chosen;
  const body = (BODIES[kind] || unitPanel)(id, row);
  const title = h("h2", { tabindex: "-1", id: "rk-panel-title" }, panelTitle(kind, id, row));
  const preset = presetOf(state.view);
  fill(
    page.panel,
    h(
      "header",
      {},
      h(
        "button",
        { onclick: () => commands.select(null), class: "rk-back rk-noprint", "aria-label": words.close },
        "‹ " + (preset ? preset.title : viewTitle(views[0])),
      ),
      h("button", { onclick: () => printPage("panel"), class: "rk-link rk-noprint" }, words.printPanel),
      title,
    ),
    h("div", { class: "rk-panel-body", tabindex: "0" }, body),
  );
}

function zonePanel(id) {
  const z = tables.zoneRow.get(id),
    Z = tables.zones;
  const kept = new Set(filterProjects());
  const members = rowsWhere(tables.memberships.zone_id, (zone) => zone === id);
  const counties = new Set(Z.counties[z].map((row) => units.counties.id[row]));
  const mine = (
    Z.kind[z] === sent.zone_kind
      ? rowsWhere(tables.projects.zones, (zones) => zones.has(z))
      : rowsWhere(tables.projects.codes, (codes) =>
          codes.some((c) => counties.has(c) || members.some((row) => tables.memberships.adcode[row] === c)),
        )
  ).filter((i) => kept.has(i));
  return [
    h("p", {}, label("zone_kind", Z.kind[z]) + " · " + formatNumber(Z.km2[z]) + " km²", citation(Z, z)),
    Z.note[z] && h("p", { class: "rk-note" }, Z.note[z]),
    section(
      words.members,
      members.length,
      listOf(members, (row) => [
        unitLink(tables.memberships.adcode[row]),
        tables.memberships.role[row]
          ? h("small", {}, " " + label("member_role", tables.memberships.role[row]))
          : null,
        citation(tables.memberships, row),
        tables.memberships.note[row] && h("small", { class: "rk-note" }, tables.memberships.note[row]),
      ]),
    ),
    section(
      words.targets,
      0,
      targetYears(targetRows(new Set(["zone:" + id]))),
      targetSection(words.ownTargets, targetRows(new Set(["zone:" + id])), true),
      targetSection(units.province[1], targetRows(new Set(["province:" + units.province[0]])), false),
    ),
    projectSections(mine),
    taskLines((row) => tables.tasks.zone_ids[row] && tables.tasks.zone_ids[row].split(" ").includes(id)),
  ];
}

/** Names of the units whose seat a badge stands at. */
function placeOfBadge(key) {
  const rows = roughAt(key),
    names = new Set();
  const P = tables.projects;
  for (const i of rows) {
    const code = P.codes[i][0];
    if (P.location_basis[i] === "city" && cityOf(code)) names.add(unitName(cityOf(code)));
    else if (code) names.add(unitName(code));
  }
  return [...names].slice(0, 2).join("、");
}
