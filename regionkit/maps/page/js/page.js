// The page: what is asked for (S), what is shown, and the address that keeps it.

const S = {
  layer: null, rightLayer: null, overlays: new Set(), grouping: "", chosen: null, comparing: false,
  filter: { zone: "", domain: new Set(), stage: "", sector: "", document: "", year: 0 },
  rightFilter: {},
};
const T = {};
const U = {};
const O = {};
const L_ = [];
const views = [];
const page = {};
let D = {}, W = {};

function readBase(data) {
  D = data;
  W = data.words;
  readGrid(data.grid);
  Object.assign(U, readShapes(data.units.topology));
  U.counties = readTable(data.units.counties);
  U.cities = readTable(data.units.cities);
  U.province = data.units.province;
  U.countyRow = new Map(U.counties.id.map((id, row) => [id, row]));
  U.cityRow = new Map(U.cities.id.map((id, row) => [id, row]));
  Object.assign(O, data.shapes);
  L_.push(...data.layers);
  for (const own of data.marks) readColumns(own);
  loadEarly(data.early);
}

// The page's parts -------------------------------------------------------------------------

function build(holder) {
  const mapBox = h("div", { class: "rk-map" });
  holder.replaceWith(mapBox);
  mapBox.append(holder);
  page.mapBox = mapBox;
  page.count = h("p", { class: "rk-count", role: "status", "aria-live": "polite" });
  page.side = h("aside", { class: "rk-side", "aria-label": W.menu });
  page.panel = h("section", { class: "rk-panel", "aria-labelledby": "rk-panel-title", hidden: true });
  page.live = h("p", { class: "rk-hidden", role: "status", "aria-live": "polite" });
  const button = (key, act, extra) => h("button", { onclick: act, ...extra }, W[key]);
  page.menu = button("menu", () => page.root.classList.toggle("rk-open"), { class: "rk-menu" });
  page.compareButton = button("compare", () => { S.comparing = !S.comparing; refresh("compare"); }, { "aria-pressed": "false" });
  const bar = h("header", { class: "rk-bar" }, h("h1", {}, D.title), makeSearch(),
    h("nav", { class: "rk-noprint" }, page.menu, page.compareButton,
      button("table", () => openTable((views[0].layer || {}).id)), button("print", () => printPage("map")),
      button("reset", () => fitAll()), button("help", openHelp)));
  page.base = h("span", {});
  page.printed = h("span", { class: "rk-printed" });
  page.foot = h("footer", { class: "rk-foot" }, D.source, page.base, page.printed);
  page.maps = h("div", { class: "rk-maps" }, mapBox);
  page.legends = h("div", { class: "rk-legend-col" });
  const right = h("div", { class: "rk-right" }, page.panel, page.legends);
  page.root = h("div", { id: "rk", lang: D.lang }, bar, page.side, page.maps, right, page.foot, page.live);
  document.body.prepend(page.root);
}

function option(value, text, chosen) {
  return h("option", { value, selected: value === chosen }, text);
}

function buildSide() {
  page.themes = h("fieldset", { class: "rk-themes" }, h("legend", {}, W.layers),
    [null, ...L_.filter((layer) => layer.main)].map((layer) => {
      const id = layer ? layer.id : "", mine = layer ? seriesOf(layer) : [];
      const years = [...new Set(mine.map((one) => one.year))].filter(Boolean).sort();
      const input = h("input", { type: "radio", name: "rk-theme", value: id,
        checked: layer ? mine.some((one) => one.id === S.layer) : !S.layer,
        onchange: () => { S.layer = id || null; refresh("layer"); } });
      return h("label", {}, input, h("span", {}, layer ? layer.name || layer.title : W.noLayer,
        layer && layer.name && years.length ? h("small", {}, " " + years.join("/")) : null));
    }));
  const overlay = (id, text) => h("label", {}, h("input", { type: "checkbox", value: id, checked: S.overlays.has(id),
    onchange: (event) => { event.target.checked ? S.overlays.add(id) : S.overlays.delete(id); refresh("overlays"); } }), text);
  const kinds = page.facts ? Object.keys(T.labels.zone_kind).filter((kind) => kind !== D.zone_kind) : [];
  const groupings = page.facts && D.region ? h("label", { class: "rk-block" }, W.grouping, h("select", { onchange: (e) => { S.grouping = e.target.value; refresh("overlays"); } },
    option("", W.none, S.grouping), kinds.map((kind) => {
      const rows = rowsWhere(T.zones.kind, (k) => k === kind);
      return rows.length ? h("optgroup", { label: label("zone_kind", kind) }, rows.map((z) => option(T.zones.id[z], T.zones.name[z] + (T.zones.counties[z].length ? "" : W.arealess), S.grouping))) : null;
    }))) : null;
  const overlays = !knownOverlays().length ? null : h("fieldset", {}, h("legend", {}, W.overlays),
    knownOverlays().map((id) => overlay(id, W[id] || markOf(id).title)), groupings);
  fill(page.side, page.themes, overlays, !D.region ? null : page.facts ? buildFilters() : page.count);
}

function pick(name, options, target = S.filter) {
  return h("label", { class: "rk-block" }, W[name], h("select", { "data-filter": name, onchange: (event) => {
    target[name] = name === "year" ? Number(event.target.value) : event.target.value;
    refresh("filter");
  } }, option("", W.all, target[name] || ""), options.map(([value, text]) => option(value, text, target[name]))));
}

function documentOptions() {
  const used = new Set(T.projects.documents.flatMap((set) => [...set]));
  return T.sources.id.flatMap((id, row) => (used.has(id) ? [[id, T.sources.name[row]]] : []));
}

function buildFilters() {
  const used = new Map();
  T.projects.domain.forEach((d) => used.set(d, (used.get(d) || 0) + 1));
  const domains = h("div", { class: "rk-domains", role: "group", "aria-label": W.domain }, Object.keys(T.labels.domain).filter((d) => used.has(d)).map((d) =>
    h("label", {}, h("input", { type: "checkbox", value: d, "data-filter": "domain", checked: S.filter.domain.has(d), onchange: (event) => {
      event.target.checked ? S.filter.domain.add(d) : S.filter.domain.delete(d);
      refresh("filter");
    } }), label("domain", d), h("small", {}, String(used.get(d))))));
  const years = planYears();
  const yearText = h("output", {}, S.filter.year || W.allYears);
  const slider = h("input", { type: "range", min: "0", max: String(years.length), step: "1", "data-filter": "year",
    value: String(years.indexOf(S.filter.year) + 1), "aria-label": W.year, "aria-valuetext": String(S.filter.year || W.allYears),
    oninput: () => {
      S.filter.year = Number(slider.value) ? years[slider.value - 1] : 0;
      yearText.textContent = S.filter.year || W.allYears;
      slider.setAttribute("aria-valuetext", yearText.textContent);
      refresh("filter");
    } });
  return h("fieldset", {}, h("legend", {}, W.filters), page.count,
    h("div", { class: "rk-block" }, W.domain + W.noneIsAll, domains),
    pick("zone", strategicZones().map((z) => [T.zones.id[z], T.zones.short[z]])),
    pick("stage", [...Object.entries(T.labels.stage), ["-", W.noStage]].map(([v, t]) => [v, t])),
    pick("sector", T.sectors.id.map((id, row) => [id, T.sectors.name[row]])),
    pick("document", documentOptions()),
    h("label", { class: "rk-block rk-year" }, W.year, slider, yearText),
    h("p", { class: "rk-note" }, W.yearHelp),
    h("button", { onclick: () => {
      S.filter = { zone: "", domain: new Set(), stage: "", sector: "", document: "", year: 0 };
      buildSide();
      refresh("filter");
    } }, W.clear));
}

// Keep everything in step --------------------------------------------------------------------

function refresh(what) {
  if (what === "compare") setComparing();
  if (page.pairs) page.pairs.value = pairShown();
  for (const view of views) {
    view.draw();
  }
  showCount();
  showLegend();
  if (what === "filter" && S.chosen && !["custom", "mark", "place"].includes(S.chosen.kind)) showPanel();
  if (what === "layer" && S.chosen && S.chosen.kind === "county") showPanel();
  describeMap();
  writeHash();
}

function showCount() {
  if (!D.region) return;
  const rows = views[0].rows || [], P = T.projects;
  const drawn = rows.filter((i) => P.at[i] || P.line[i]).length;
  const counties = filterCounties();
  page.count.textContent = say("count", rows.length, P.size, drawn, rows.length - drawn, counties ? counties.size : U.counties.size, U.counties.size);
}

function showLegend() {
  for (const view of views) {
    const which = views.length > 1 ? "（" + (view.side === "right" ? W.rightMap : W.leftMap) + "）" : "";
    fill(view.legend, h("summary", {}, W.legend + which), h("div", { class: "rk-legends" }, legendOf(view)));
  }
}

// What the map shows, in words, for those who do not see it.
function describeMap() {
  for (const view of views) {
    const parts = view.layer ? [view.layer.title, ...view.layer.entries.map((e) => e[0] + " " + e[2] + W.units)] : [W.noLayer];
    view.map.getContainer().setAttribute("aria-label", W.mapLabel + " " + parts.join("；"));
  }
}

function select(kind, id, { zoom, row, focus, quiet } = {}) {
  if (!page.facts) return;
  S.chosen = kind ? { kind, id, row } : null;
  showPanel();
  for (const view of views) {
    view.cursor = null;
    view.findProjects();
    view.map.invalidateSize({ pan: false });
    view.paper.redraw();
  }
  if (kind && zoom) {
    const bounds = boundsOf(kind, id);
    if (bounds) views[0].map.fitBounds(bounds, { maxZoom: kind === "project" || kind === "place" ? 10 : 9, padding: [30, 30], animate: false });
  }
  if (kind && focus) { const title = page.panel.querySelector("h2"); title && title.focus(); }
  if (kind) page.live.textContent = panelTitle(kind, id, row);
  if (!quiet) writeHash();
}

function boundsOf(kind, id) {
  const rows = kind === "county" ? [U.countyRow.get(id)] : kind === "zone" ? T.zones.counties[T.zoneRow.get(id)]
    : kind === "city" ? rowsWhere(U.counties.city, (c) => c === U.cityRow.get(id)) : kind === "province" ? U.counties.id.map((_, r) => r) : [];
  let lines = rows.flatMap((row) => U.lines[row]);
  if (kind === "place") {
    const row = T.places.id.indexOf(id), code = T.places.adcode[row];
    if (!T.places.at[row]) return code ? boundsOf(unitKind(code), code) : null;
    const { x, y } = worldPoint(T.places.at[row]);
    lines = [[x, y]];
  }
  if (kind === "project") {
    const P = T.projects;
    if (P.line[id]) lines = [readLine(P.line[id], D.grid.steps)];
    else if (P.at[id]) { const { x, y } = worldPoint(P.at[id]); lines = [[x, y]]; }
    else for (const code of P.codes[id]) if (code !== U.province[0]) return boundsOf(unitKind(code), code);
  }
  if (!lines.length) return null;
  const [west, north, east, south] = boxOf(lines);
  const at = (x, y) => L.CRS.EPSG3857.pointToLatLng(L.point(x, y), 0);
  return L.latLngBounds(at(west, south), at(east, north));
}

// Show again what was seen before the map changed its size; the whole region as large as it can be.
function fitSeen(map, seen) {
  map.fitBounds(seen.contains(page.bounds) ? page.bounds : seen, { animate: false });
}

function fitAll(map = views[0].map) {
  map.fitBounds(page.bounds, { animate: false });
}

function setComparing() {
  page.compareButton.setAttribute("aria-pressed", String(S.comparing));
  page.root.classList.toggle("rk-comparing", S.comparing);
  if (S.comparing && views.length === 1) {
    const other = h("div", { class: "rk-second" });
    page.maps.append(h("div", { class: "rk-map rk-map-right" }, other));
    S.rightLayer = S.rightLayer || partnerOf(S.layer);
    const left = views[0].map, seen = left.getBounds();
    left.invalidateSize({ pan: false });
    fitSeen(left, seen);
    const map = L.map(other, { zoomSnap: left.options.zoomSnap, zoomControl: false, attributionControl: false });
    map.setView(left.getCenter(), left.getZoom(), { animate: false });
    const view = new View(map, "right");
    views.push(view);
    view.draw();
    view.paper.options.padding = PADDING;
    view.paper.addTo(map);
    page.rightTools = h("div", { class: "rk-right-tools rk-noprint" });
    other.parentNode.append(page.rightTools);
    let busy = false;
    const follow = (from, to) => {
      const move = () => {
        if (busy) return;
        busy = true;
        to.setView(from.getCenter(), from.getZoom(), { animate: false });
        busy = false;
      };
      from.on("move", move);
      return move;
    };
    page.follow = follow(left, map);
    follow(map, left);
    listenKeys(view);
    if (D.basemap) addBasemap(map);
  } else if (!S.comparing && views.length > 1) {
    const view = views.pop();
    view.map.off();
    view.map.remove();
    view.legend.remove();
    page.maps.lastChild.remove();
    page.pairs = null;
    views[0].map.off("move", page.follow);
    views[0].map.invalidateSize({ pan: false });
  }
  if (S.comparing) fillRightTools();
}

// The right map has a theme, a document and a year of its own.
function fillRightTools() {
  const theme = h("select", { "aria-label": W.rightMap + " " + W.layers, onchange: (e) => { S.rightLayer = e.target.value || null; refresh("layer"); } },
    option("", W.noLayer, S.rightLayer || ""), L_.map((layer) => option(layer.id, layer.title, S.rightLayer)));
  fill(page.rightTools, pairPicker(), h("b", {}, W.rightMap), theme, D.region ? [pick("document", documentOptions(), S.rightFilter),
    pick("year", planYears().map((y) => [String(y), String(y)]), S.rightFilter)] : null);
}

// Pairs that are ready to be compared: two years, plan and actual, two documents.
function pairPicker() {
  if (!D.pairs.length) return null;
  page.pairs = h("select", { onchange: () => showPair(D.pairs[page.pairs.value]) },
    option("", W.choosePair, ""), D.pairs.map((pair, i) => option(String(i), pair.title, "")));
  page.pairs.value = pairShown();
  return h("label", { class: "rk-pairs" }, W.pairs, page.pairs);
}

function pairShown() {
  const at = D.pairs.findIndex((pair) => (pair.left ? pair.left === S.layer && pair.right === S.rightLayer
    : pair.leftDocument === S.filter.document && pair.rightDocument === S.rightFilter.document));
  return at < 0 ? "" : String(at);
}

function showPair(pair) {
  if (!pair) return;
  if (pair.left) [S.layer, S.rightLayer] = [pair.left, pair.right];
  else {
    S.rightLayer = S.layer;
    S.overlays.add("projects");
  }
  S.filter.document = pair.leftDocument || "";
  S.filter.year = 0;
  S.rightFilter = pair.rightDocument ? { document: pair.rightDocument } : {};
  buildSide();
  refresh("compare");
}

// What a theme is most often compared with.
function partnerOf(id) {
  const pair = D.pairs.find((one) => id && (one.left === id || one.right === id));
  return pair ? (pair.left === id ? pair.right : pair.left) : id;
}

// The address ------------------------------------------------------------------------------

function chosenKey() {
  const { kind, id, row } = S.chosen;
  return kind + ":" + (kind === "project" ? T.projects.name[id] : id) + (row === undefined || U.countyRow.has(id) ? "" : ":" + row);
}

function writeHash() {
  if (!page.ready) return;
  const map = views[0].map, centre = map.getCenter();
  const parts = [["v", [centre.lat.toFixed(3), centre.lng.toFixed(3), map.getZoom()].join()], ["l", S.layer || "-"],
    ["o", [...S.overlays].join()]];
  const f = S.filter;
  if (S.grouping) parts.push(["g", S.grouping]);
  for (const name of ["zone", "stage", "sector", "document", "year"]) if (f[name]) parts.push([name, f[name]]);
  parts.push(["domain", [...f.domain].join()]);
  if (S.chosen) parts.push(["s", chosenKey()]);
  if (S.comparing) {
    parts.push(["c", S.rightLayer || "-"]);
    if (S.rightFilter.document) parts.push(["cd", S.rightFilter.document]);
    if (S.rightFilter.year) parts.push(["cy", S.rightFilter.year]);
  }
  const hash = "#" + parts.map(([k, v]) => k + "=" + encodeURIComponent(v).replace(/%2C/g, ",").replace(/%3A/g, ":")).join("&");
  page.hash = hash;
  // A page inside an iframe by srcdoc may not change its address.
  try { history.replaceState(null, "", hash); } catch { page.fixed = true; }
}

function knownOverlays() {
  return [...(D.region ? ["zones", "counties", "cities", "projects", "clusters", "tasks"] : []), ...D.marks.map((own) => own.id)];
}

function readHash(text) {
  const wanted = {};
  for (const part of text.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) {
      try { wanted[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch { continue; }
    }
  }
  if (wanted.l) S.layer = L_.some((layer) => layer.id === wanted.l) ? wanted.l : wanted.l === "-" ? null : S.layer;
  if (wanted.o !== undefined) S.overlays = new Set(wanted.o.split(",").filter((id) => knownOverlays().includes(id)));
  const known = { zone: T.zoneRow.has(wanted.zone), stage: true, sector: T.sectors && T.sectors.id.includes(wanted.sector),
    document: T.sourceRow && T.sourceRow.has(wanted.document) };
  S.filter = { zone: "", domain: new Set(), stage: "", sector: "", document: "", year: 0 };
  for (const name in known) if (wanted[name] && known[name]) S.filter[name] = wanted[name];
  S.filter.domain = wanted.domain === undefined ? new Set(D.domains) : new Set(wanted.domain.split(",").filter(Boolean));
  S.filter.year = Number(wanted.year) || 0;
  S.grouping = T.zoneRow.has(wanted.g) ? wanted.g : "";
  S.comparing = !!wanted.c;
  if (wanted.c) {
    S.rightLayer = L_.some((layer) => layer.id === wanted.c) ? wanted.c : null;
    S.rightFilter = {};
    if (T.sourceRow && T.sourceRow.has(wanted.cd)) S.rightFilter.document = wanted.cd;
    if (Number(wanted.cy)) S.rightFilter.year = Number(wanted.cy);
  }
  return wanted;
}

function openHash(wanted) {
  const view = (wanted.v || "").split(",").map(Number);
  if (view.length === 3 && view.every(Number.isFinite)) views[0].map.setView([view[0], view[1]], view[2], { animate: false });
  if (wanted.s && D.region) {
    const at = wanted.s.indexOf(":"), kind = wanted.s.slice(0, at), id = wanted.s.slice(at + 1);
    const row = T.projects.name.indexOf(id);
    if (kind === "project" && row >= 0) select("project", row, { quiet: true });
    else if (kind === "zone" && T.zoneRow.has(id)) select("zone", id, { quiet: true });
    else if (kind === "cluster" && T.clusters.cluster_id.includes(id)) select("cluster", id, { quiet: true });
    else if (kind === "place" && T.places.id.includes(id)) select("place", id, { quiet: true });
    else if (U.countyRow.has(id) || U.cityRow.has(id) || id === U.province[0]) select(unitKind(id), id, { quiet: true });
  }
}

// Keys -------------------------------------------------------------------------------------

function listenKeys(view) {
  const box = view.map.getContainer();
  box.tabIndex = 0;
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "n" || key === "p") {
      const size = U.counties.id.length;
      if (!size) return;
      const now = S.cursor === undefined ? (key === "n" ? -1 : size) : S.cursor;
      S.cursor = (now + (key === "n" ? 1 : size - 1)) % size;
      const id = U.counties.id[S.cursor];
      const rk = { kind: "county", id, row: S.cursor };
      page.live.textContent = describe(rk, view.layer).join("，");
      view.map.panInside(readPoint(U.counties.at[S.cursor]), { padding: [60, 60], animate: false });
      const point = view.map.latLngToContainerPoint(readPoint(U.counties.at[S.cursor]));
      view.cursor = rk;
      view.paper.redraw();
      view.showTip({ rk, containerPoint: point });
    } else if (key === "enter" && S.cursor !== undefined) select("county", U.counties.id[S.cursor], { focus: true });
  });
}

function listenMove(view) {
  view.map.on("moveend", writeHash);
}

// Base maps, only when asked for -------------------------------------------------------------

function addBasemap(map) {
  const told = (text) => { page.base.textContent = text && " · " + text; };
  for (const tile of D.basemap.tiles) {
    L.tileLayer(tile, { subdomains: D.basemap.subdomains, attribution: h("span", {}, D.basemap.name).innerHTML, maxZoom: 18 })
      .on("tileerror", () => told(say("noTiles", D.basemap.name)))
      .on("tileload", () => told(""))
      .addTo(map);
  }
}

// Start ------------------------------------------------------------------------------------

function listenPage(map) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && S.chosen && !document.querySelector("dialog[open]")) {
      select(null);
      map.getContainer().focus();
    }
  });
  addEventListener("hashchange", () => {
    if (location.hash === page.hash) return;
    const again = readHash(location.hash);
    buildSide();
    setComparing();
    views.forEach((one) => one.draw());
    openHash(again);
    showCount();
    showLegend();
  });
  addEventListener("resize", () => views.forEach((one) => one.map.invalidateSize({ pan: false })));
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
}

const PADDING = 0.25;

// Wait for a moment in which the browser has nothing better to do.
function idle() {
  return new Promise((done) => (window.requestIdleCallback ? requestIdleCallback(done, { timeout: 200 }) : setTimeout(done)));
}

// Resolve when n frames have been shown; a page in the background shows none and waits in vain.
function frames(n) {
  return new Promise((done) => {
    const next = () => (n-- ? requestAnimationFrame(next) : done());
    next();
    setTimeout(done, 2000);
  });
}

// First the map as it opens, from the small block of data; then, when it is on the screen, what
// the panel, the search and the filters read, and the lists that no one reads in that moment.
async function start(map) {
  const data = JSON.parse(document.getElementById("rk-base").textContent);
  readBase(data);
  S.layer = data.open || (L_.length ? L_[0].id : null);
  S.overlays = new Set(data.overlays);
  for (const domain of data.domains) S.filter.domain.add(domain);
  const asked = window.rkState || location.hash;
  if (asked.length > 1) readHash(asked);
  const comparing = S.comparing;
  S.comparing = false;
  build(map.getContainer());
  map.attributionControl.setPrefix(false);
  for (const way of ["in", "out"]) {
    const knob = map.getContainer().querySelector(".leaflet-control-zoom-" + way);
    if (knob) { knob.title = W["zoom_" + way]; knob.setAttribute("aria-label", knob.title); }
  }
  map.invalidateSize({ pan: false, animate: false });
  map.options.zoomSnap = 0.25;
  page.bounds = L.latLngBounds(data.bounds);
  fitAll(map);
  if (data.basemap) addBasemap(map);
  const view = new View(map, "left");
  views.push(view);
  view.draw();
  view.paper.addTo(map);
  // By the fourth frame the browser has shown what was drawn in the first.
  await frames(4);
  performance.mark("rk-painted");
  await finish(view, asked, comparing);
}

async function finish(view, asked, comparing) {
  await idle();
  const facts = await unpack(document.getElementById("rk-facts").textContent);
  await idle();
  loadFacts(facts);
  page.facts = true;
  const wanted = asked.length > 1 ? readHash(asked) : {};
  if (asked.length > 1) {
    view.draw();
    openHash(wanted);
  }
  S.comparing = comparing;
  if (comparing) setComparing();
  await idle();
  buildSide();
  showCount();
  await idle();
  showLegend();
  describeMap();
  L.control.scale({ imperial: false }).addTo(view.map);
  view.paper.options.padding = PADDING;
  view.paper._update();
  listenKeys(view);
  listenMove(view);
  listenPage(view.map);
  page.ready = true;
  writeHash();
  performance.mark("rk-ready");
}

// Also for tests, and for the scripts of a page around this one.
window.regionkit = { start, state: S, views, units: U, tables: allTables, csv: toCsv, search, select };
