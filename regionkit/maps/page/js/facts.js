// The facts of the region, and the questions that panel, filters and search ask of them.

function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const name in props || {}) {
    const value = props[name];
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  // Text only ever enters the page as text.
  element.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== ""));
  return element;
}

function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((c) => c !== null && c !== undefined));
  return element;
}

function say(key, ...values) {
  return (W[key] || key).replace(/\{(\d)\}/g, (_, n) => values[n]);
}

function formatNumber(value) {
  if (typeof value !== "number") return value === null || value === undefined ? "" : String(value);
  return value.toLocaleString("en-US", { maximumFractionDigits: D.signs.numbers.decimals });
}

// A number with its unit, by the rules that paper follows.
function formatQuantity(value, unit) {
  const rules = D.signs.numbers;
  // A year is no quantity: no mark between its thousands.
  if (unit === rules.year_unit && value > rules.longest_span) return value + unit;
  // One in so many: 43/10万, not 431/10万.
  if (unit && unit.startsWith(rules.per)) return formatNumber(value) + unit.slice(1);
  return formatNumber(value) + (unit && !rules.close.includes(unit) ? " " : "") + (unit || "");
}

// Tables as contract.py has them; what the first picture needs of one comes before its other columns.
function loadTables(sent) {
  for (const name in sent.plain) T[name] = sent.plain[name];
  for (const name in sent.packed) T[name] = { ...T[name], ...readTable(sent.packed[name]) };
  for (const name in sent.series) {
    T[name] = sent.series[name].map((one) => ({
      ...one, adcode: readColumn(one.adcode), value: readColumn(one.value), note: readColumn(one.note),
    }));
  }
}

function loadEarly(early) {
  loadTables(early);
  T.zoneRow = new Map(T.zones.id.map((id, row) => [id, row]));
  T.projects.lines = [];
}

function loadFacts(late) {
  loadTables(late);
  T.sourceRow = new Map(T.sources.id.map((id, row) => [id, row]));
  T.memberOf = new Map();
  T.memberships.adcode.forEach((code, row) => push(T.memberOf, code, row));
  const P = T.projects;
  P.codes = P.adcodes.map((text) => (text ? text.split(" ") : []));
  P.yearList = P.years.map((text) => (text ? text.split(" ").map(Number) : []));
  P.named = P.name.map((text) => text.split("\n"));
  P.name = P.named.map((names) => names[0]);
  readMentions(P, T.mentions, T.plain_mentions);
  P.documents = P.mentions.map((rows, i) =>
    new Set([P.source_id[i], ...rows.map((row) => T.mentions.source_id[row])]));
  P.zones = P.codes.map((codes, i) => {
    const found = new Set((P.said[i] || "").split(" ").map((id) => T.zoneRow.get(id))
      .filter((row) => row !== undefined));
    for (const code of codes) {
      if (code !== U.province[0]) for (const zone of zonesOf(code)) found.add(zone);
    }
    return found;
  });
}

function push(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

function cityOf(code) {
  const row = U.countyRow.get(code);
  return row === undefined ? null : U.cities.id[U.counties.city[row]] || null;
}

function unitName(code) {
  if (code === U.province[0]) return U.province[1];
  if (U.countyRow.has(code)) return U.counties.name[U.countyRow.get(code)];
  if (U.cityRow.has(code)) return U.cities.name[U.cityRow.get(code)];
  return code;
}

// A county with its city, since several cities have one of that name.
function fullName(code) {
  const city = U.countyRow.has(code) && cityOf(code);
  return unitName(code) + (city && city !== code ? "（" + unitName(city) + "）" : "");
}

function unitKind(code) {
  if (code === U.province[0]) return "province";
  return U.countyRow.has(code) ? "county" : "city";
}

// Rows of memberships that hold for a unit as a whole: its own, its city's, the province's.
function membershipRows(code) {
  return [code, cityOf(code), U.province[0]].flatMap((c) => (c && T.memberOf.get(c)) || []);
}

function zonesOf(code, every) {
  const zones = new Set(membershipRows(code).map((row) => T.zoneRow.get(T.memberships.zone_id[row])));
  return [...zones].filter((z) => z !== undefined && (every || T.zones.kind[z] === D.zone_kind))
    .sort((a, b) => a - b);
}

// Whether a fact about one unit is a fact about a place inside another.
function isWithin(code, outer) {
  if (code === outer) return true;
  if (outer === U.province[0]) return true;
  return cityOf(code) === outer;
}

function label(kind, value) {
  return value === null || value === undefined ? "" : (T.labels[kind] || {})[value] || String(value);
}

function citation(table, row) {
  return cite(table.source_id[row], table.locator ? table.locator[row] : "",
    table.basis ? table.basis[row] : null);
}

// The same in a cell of a table.
function citationText(table, row) {
  const basis = table.basis && table.basis[row];
  return [citation(table, row).querySelector("cite").textContent, basis && (W["basis_" + basis] || basis)].filter(Boolean).join("；");
}

// Document, place in it and basis, after every figure.
function cite(source, locator, basis) {
  const row = T.sourceRow.get(source);
  const name = row === undefined ? source : T.sources.name[row];
  const title = row === undefined ? "" : T.sources.title[row];
  return h("span", { class: "rk-cite" },
    h("cite", { title }, [name, locator].filter(Boolean).join(" ")),
    basis && h("span", { class: "rk-basis rk-" + basis, title: W.basisHelp }, W["basis_" + basis] || basis));
}

// What the filters leave -------------------------------------------------------------------

function unitsOfSector(sector) {
  const codes = new Set();
  T.industries.sector_id.forEach((id, row) => id === sector && codes.add(T.industries.adcode[row]));
  return codes;
}

// Which counties the zone and sector filters leave, as a set of rows; null for all.
function filterCounties() {
  const { zone, sector } = S.filter;
  if (!zone && !sector) return null;
  const kept = new Set(U.counties.id.map((_, row) => row));
  if (zone) {
    const members = new Set(T.zones.counties[T.zoneRow.get(zone)] || []);
    for (const row of kept) if (!members.has(row)) kept.delete(row);
  }
  if (sector) {
    const codes = unitsOfSector(sector);
    for (const row of kept) if (!codes.has(U.counties.id[row])) kept.delete(row);
  }
  return kept;
}

function planYears() {
  const years = new Set(L_.flatMap((layer) => (layer.year ? [layer.year] : [])));
  T.projects.yearList.forEach((list) => list.forEach((y) => years.add(y)));
  T.targets.target_year.forEach((y) => y && years.add(y));
  return [...years].sort((a, b) => a - b);
}

// The layer of a series for a year: that year's, a target before what was reported; else the
// next target, which holds until its year; else the newest before it.
function layerForYear(layer, year) {
  if (!layer || !layer.series || !year || layer.year === year) return layer;
  const mine = seriesOf(layer).sort((a, b) => a.year - b.year);
  const targets = mine.filter((other) => other.nature === "target" && other.year >= year);
  const before = mine.filter((other) => other.year <= year);
  const exact = before.filter((other) => other.year === year);
  return targets.find((other) => other.year === year) || exact[0] || targets[0] ||
    before[before.length - 1] || mine[0];
}

function seriesOf(layer) {
  return L_.filter((other) => other === layer || (layer.series && other.series === layer.series));
}
