// The facts of the region, and the questions that panel, filters and search ask of them.

import { readColumn } from "./decode.js";
import { h } from "./dom.js";
import { layers, page, sent, state, tables, units, words } from "./state.js";

export function say(key, ...values) {
  return (words[key] || key).replace(/\{(\d)\}/g, (_, n) => values[n]);
}

export function formatNumber(value) {
  if (typeof value !== "number") return value === null || value === undefined ? "" : String(value);
  return value.toLocaleString("en-US", { maximumFractionDigits: sent.signs.numbers.decimals });
}

// A number with its unit, by the rules that paper follows.
export function formatQuantity(value, unit) {
  const rules = sent.signs.numbers;
  // A year is no quantity: no mark between its thousands.
  if (unit === rules.year_unit && value > rules.longest_span) return value + unit;
  // One in so many: 43/10万, not 431/10万.
  if (unit && unit.startsWith(rules.per)) return formatNumber(value) + unit.slice(1);
  return formatNumber(value) + (unit && !rules.close.includes(unit) ? " " : "") + (unit || "");
}

// Tables as contract.py has them; what the first picture needs of one comes before its other columns.
function loadTables(given) {
  for (const name in given.plain) tables[name] = given.plain[name];
  for (const column in given.packed) {
    for (const name in given.packed[column]) {
      const cells = readColumn(given.packed[column][name]);
      if (!tables[name]) tables[name] = {};
      tables[name][column] = cells;
      tables[name].size = cells.length;
    }
  }
  for (const name in given.series) {
    tables[name] = given.series[name].map((one) => ({
      ...one,
      adcode: readColumn(one.adcode),
      value: readColumn(one.value),
      note: readColumn(one.note),
    }));
  }
}

export function loadEarly(early) {
  loadTables(early);
  tables.zoneRow = new Map(tables.zones.id.map((id, row) => [id, row]));
  tables.projects.lines = [];
}

export function loadFacts(late) {
  loadTables(late);
  tables.sourceRow = new Map(tables.sources.id.map((id, row) => [id, row]));
  tables.memberOf = new Map();
  tables.memberships.adcode.forEach((code, row) => push(tables.memberOf, code, row));
  const P = tables.projects;
  P.codes = P.adcodes.map((text) => (text ? text.split(" ") : []));
  P.yearList = P.years.map((text) => (text ? text.split(" ").map(Number) : []));
  P.named = P.name.map((text) => text.split("\n"));
  P.name = P.named.map((names) => names[0]);
  readMentions(P, tables.mentions, tables.plain_mentions);
  P.documents = P.mentions.map(
    (rows, i) => new Set([P.source_id[i], ...rows.map((row) => tables.mentions.source_id[row])]),
  );
  P.zones = P.codes.map((codes, i) => {
    const found = new Set(
      (P.said[i] || "")
        .split(" ")
        .map((id) => tables.zoneRow.get(id))
        .filter((row) => row !== undefined),
    );
    for (const code of codes) {
      if (code !== units.province[0]) for (const zone of zonesOf(code)) found.add(zone);
    }
    return found;
  });
}

export function push(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

export function cityOf(code) {
  const row = units.countyRow.get(code);
  return row === undefined ? null : units.cities.id[units.counties.city[row]] || null;
}

export function unitName(code) {
  if (code === units.province[0]) return units.province[1];
  if (units.countyRow.has(code)) return units.counties.name[units.countyRow.get(code)];
  if (units.cityRow.has(code)) return units.cities.name[units.cityRow.get(code)];
  return code;
}

// A county with its city, since several cities have one of that name.
export function fullName(code) {
  const city = units.countyRow.has(code) && cityOf(code);
  return unitName(code) + (city && city !== code ? "（" + unitName(city) + "）" : "");
}

export function unitKind(code) {
  if (code === units.province[0]) return "province";
  return units.countyRow.has(code) ? "county" : "city";
}

// Rows of memberships that hold for a unit as a whole: its own, its city's, the province's.
export function membershipRows(code) {
  return [code, cityOf(code), units.province[0]].flatMap((c) => (c && tables.memberOf.get(c)) || []);
}

export function zonesOf(code, every) {
  const zones = new Set(
    membershipRows(code).map((row) => tables.zoneRow.get(tables.memberships.zone_id[row])),
  );
  return [...zones]
    .filter((z) => z !== undefined && (every || tables.zones.kind[z] === sent.zone_kind))
    .sort((a, b) => a - b);
}

// Whether a fact about one unit is a fact about a place inside another.
export function isWithin(code, outer) {
  if (code === outer) return true;
  if (outer === units.province[0]) return true;
  return cityOf(code) === outer;
}

export function label(kind, value) {
  return value === null || value === undefined ? "" : (tables.labels[kind] || {})[value] || String(value);
}

export function citation(table, row) {
  return cite(
    table.source_id[row],
    table.locator ? table.locator[row] : "",
    table.basis ? table.basis[row] : null,
  );
}

// The same in a cell of a table.
export function citationText(table, row) {
  const basis = table.basis && table.basis[row];
  return [citation(table, row).querySelector("cite").textContent, basis && (words["basis_" + basis] || basis)]
    .filter(Boolean)
    .join("；");
}

// Document, place in it and basis, after every figure.
export function cite(source, locator, basis) {
  const row = tables.sourceRow.get(source);
  const name = row === undefined ? source : tables.sources.name[row];
  const title = row === undefined ? "" : tables.sources.title[row];
  return h(
    "span",
    { class: "rk-cite" },
    h("cite", { title }, [name, locator].filter(Boolean).join(" ")),
    basis &&
      h("span", { class: "rk-basis rk-" + basis, title: words.basisHelp }, words["basis_" + basis] || basis),
  );
}

function unitsOfSector(sector) {
  const codes = new Set();
  tables.industries.sector_id.forEach((id, row) => id === sector && codes.add(tables.industries.adcode[row]));
  return codes;
}

// Which counties the zone and sector filters leave, as a set of rows; null for all.
export function filterCounties() {
  const { zone, sector } = state.filter;
  if (!zone && !sector) return null;
  const kept = new Set(units.counties.id.map((_, row) => row));
  if (zone) {
    for (const z of zoneRows(zone)) {
      const members = new Set(tables.zones.counties[z] || []);
      for (const row of kept) if (!members.has(row)) kept.delete(row);
    }
  }
  if (sector) {
    const codes = unitsOfSector(sector);
    for (const row of kept) if (!codes.has(units.counties.id[row])) kept.delete(row);
  }
  return kept;
}

/** What a year has of all that is shown: the theme's map, projects, targets. */
export function inYearShown(year) {
  const layer = layers.find((one) => one.id === state.layer),
    shown = layerForYear(layer, year),
    projects = state.overlays.has("projects") ? siftProjects({ ...filterOf(), year }).kept.length : 0;
  return {
    layer: shown,
    isOwn: !!shown && shown.year === year && seriesOf(layer).length > 1,
    projects,
    targets: rowsWhere(tables.targets.target_year, (y) => y === year).length,
  };
}

/** Years in which something of what is shown changes; none is empty. */
export function planYears() {
  const years = new Set(layers.flatMap((layer) => (layer.year ? [layer.year] : [])));
  tables.projects.yearList.forEach((list) => list.forEach((y) => years.add(y)));
  tables.targets.target_year.forEach((y) => y && years.add(y));
  return [...years]
    .filter((year) => {
      const found = inYearShown(year);
      return found.isOwn || found.projects || found.targets || year === state.filter.year;
    })
    .sort((a, b) => a - b);
}

/** The same in words. */
export function sayYear(year) {
  if (!year) return words.yearHelp;
  const { layer, projects, targets } = inYearShown(year);
  return [
    layer && layer.title,
    projects ? say("nProjects", projects) : null,
    targets ? words.targets + " " + targets : null,
  ]
    .filter(Boolean)
    .join("；");
}

// The layer of a series for a year: that year's, a target before what was reported; else the
// next target, which holds until its year; else the newest before it.
export function layerForYear(layer, year) {
  if (!layer || !layer.series || !year || layer.year === year) return layer;
  const mine = seriesOf(layer).sort((a, b) => a.year - b.year);
  const targets = mine.filter((other) => other.nature === "target" && other.year >= year);
  const before = mine.filter((other) => other.year <= year);
  const exact = before.filter((other) => other.year === year);
  return (
    targets.find((other) => other.year === year) ||
    exact[0] ||
    targets[0] ||
    before[before.length - 1] ||
    mine[0]
  );
}

/** What a theme is most often compared with: its pair, else another theme. */
export function partnerOf(id) {
  const pair = sent.pairs.find((one) => id && (one.left === id || one.right === id));
  if (pair) return pair.left === id ? pair.right : pair.left;
  const other = layers.find((layer) => layer.main && layer.id !== id);
  return other ? other.id : id;
}

export function seriesOf(layer) {
  return layers.filter((other) => other === layer || (layer.series && other.series === layer.series));
}

export function rowsWhere(column, test) {
  const rows = [];
  column.forEach((value, row) => test(value) && rows.push(row));
  return rows;
}

export function strategicZones() {
  return tables.zones.kind.flatMap((kind, z) => (kind === sent.zone_kind ? [z] : []));
}

// Mentions by project; one that says no more than the project's row is made from that row.
function readMentions(P, M, plain) {
  P.mentions = P.codes.map(() => []);
  let at = 0;
  M.project.forEach((step, row) => {
    at += step;
    M.project[row] = at;
    M.named_as[row] = M.named_as[row] === null ? null : P.named[at][M.named_as[row]];
    P.mentions[at].push(row);
  });
  plain.project.forEach((i, k) => {
    P.mentions[i].push(M.size);
    M.project[M.size] = i;
    for (const name of ["named_as", "said", "match", "note"]) M[name][M.size] = null;
    M.year[M.size] = plain.year[k];
    for (const name of ["stage", "source_id", "locator"]) M[name][M.size] = P[name][i];
    M.size += 1;
  });
}

/**
 * Filters of one map: the common ones, with the document and year that the right map may change.
 * @returns {import("./state.js").Filter}
 */
function filterOf(side) {
  return !page.facts
    ? { domain: state.filter.domain, older: state.filter.older }
    : { ...state.filter, ...(side === "right" ? state.rightFilter : {}) };
}

/** Projects that the filters of a map leave. */
export function filterProjects(side) {
  return siftProjects(filterOf(side)).kept;
}

/** How many more the filters would leave of those that the current plan does not name. */
export function countOlder() {
  return siftProjects(filterOf()).older;
}

/** @param {import("./state.js").Filter} f */
function siftProjects(f) {
  const P = tables.projects;
  const sector = f.sector ? unitsOfSector(f.sector) : null;
  const zones = f.zone ? zoneRows(f.zone) : [];
  // What the current plan does not name is asked for by itself, by a document or by a year.
  const isCurrent = !f.older && !f.document && !f.year;
  const kept = [];
  let older = 0;
  for (let i = 0; i < P.size; i++) {
    if (f.domain.size && !f.domain.has(P.domain[i])) continue;
    if (f.stage && (P.stage[i] || "-") !== f.stage && stageGroup(i) !== f.stage) continue;
    if (f.document && !P.documents[i].has(f.document)) continue;
    if (!zones.every((z) => P.zones[i].has(z))) continue;
    if (f.year && !inYear(i, f.year)) continue;
    if (sector && !P.codes[i].some((code) => sector.has(code))) continue;
    if (isCurrent && !P.current[i]) older += 1;
    else kept.push(i);
  }
  return { kept, older };
}

function inYear(i, year) {
  const P = tables.projects;
  if (P.yearList[i].includes(year)) return true;
  return (
    P.start_year[i] !== null && P.end_year[i] !== null && P.start_year[i] <= year && year <= P.end_year[i]
  );
}

/** Zones that a filter asks for: one, or several of which all must hold. */
export function zoneRows(filter) {
  return filter
    .split("+")
    .map((id) => tables.zoneRow.get(id))
    .filter((z) => z !== undefined);
}

/** The group of stages that a project is counted in. */
export function stageGroup(i) {
  return (tables.labels && tables.labels.stage_group[tables.projects.stage[i]]) || "unstated";
}
