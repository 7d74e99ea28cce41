// The page: its parts, what keeps them in step, and how it starts.

import { readHash, writeHash } from "./address.js";
import { readColumns } from "./areas.js";
import { addBasemap } from "./basemap.js";
import { copyText, saveBlob } from "./clipboard.js";
import { pairShown, setComparing } from "./compare.js";
import { toCsv } from "./csv.js";
import { readGrid, readShapes, readTable, unpack } from "./decode.js";
import { fill, h } from "./dom.js";
import { filterCounties, loadEarly, loadFacts, planYears, say, strategicZones, unitKind } from "./facts.js";
import { buildSide } from "./filters.js";
import { boundsOf, fitAll, fitSeen, settleLegend } from "./fit.js";
import { listenKeys } from "./keys.js";
import { placeNames } from "./labels.js";
import { legendOf } from "./legend.js";
import { groupCounts } from "./listing.js";
import { makeMenu } from "./menu.js";
import { panelTitle, showPanel } from "./panel.js";
import { PADDING } from "./paper.js";
import { drawPicture } from "./picture.js";
import { applyPreset, presetButtons, presetOf } from "./presets.js";
import { afterPrint, beforePrint, printPage } from "./print.js";
import { findProjects } from "./projects.js";
import { makeSearch, search } from "./search.js";
import { commands, layers, ownShapes, page, sent, state, tables, units, views, words } from "./state.js";
import { storyBar } from "./story.js";
import { allTables, openHelp, openTable } from "./table.js";
import { View } from "./view.js";

function readBase(data) {
  Object.assign(sent, data);
  Object.assign(words, data.words);
  readGrid(data.grid);
  Object.assign(units, readShapes(data.units.topology));
  units.counties = readTable(data.units.counties);
  units.cities = readTable(data.units.cities);
  units.provinces = readTable(data.units.provinces);
  units.province = data.units.province;
  units.borders = data.units.borders.map((arc) => units.arcs[arc]);
  units.countyRow = new Map(units.counties.id.map((id, row) => [id, row]));
  units.cityRow = new Map(units.cities.id.map((id, row) => [id, row]));
  Object.assign(ownShapes, data.shapes);
  layers.push(...data.layers);
  for (const own of data.marks) readColumns(own);
  loadEarly(data.early);
}

function build(holder) {
  const mapBox = h("div", { class: "rk-map" });
  holder.replaceWith(mapBox);
  mapBox.append(holder);
  page.mapBox = mapBox;
  page.count = h("p", { class: "rk-count", role: "status", "aria-live": "polite" });
  page.side = h("aside", { class: "rk-side", "aria-label": words.menu, hidden: true });
  page.panel = h("section", { class: "rk-panel", "aria-labelledby": "rk-panel-title" });
  page.live = h("p", { class: "rk-hidden", role: "status", "aria-live": "polite" });
  /** @type {[string, function][]} */
  const acts = [
    ["drawer", () => openDrawer(true)],
    ["compare", () => compare(!state.comparing)],
    ["present", present],
    ["picture", savePicture],
    ["link", copyLink],
    ["table", () => openTable(views[0].layer ? views[0].layer.id : "projects")],
    ["print", () => printPage("map")],
    ["reset", () => fitAll()],
    ["help", openHelp],
  ];
  if (sent.story.length) acts.splice(2, 0, ["story", () => tell(1)]);
  const menu = makeMenu(acts);
  const bar = h("header", { class: "rk-bar" }, h("h1", {}, sent.title), presetButtons(), makeSearch(), menu);
  page.bar = bar;
  page.base = h("span", {});
  page.printed = h("span", { class: "rk-printed" });
  page.foot = h(
    "footer",
    { class: "rk-foot", tabindex: "0" },
    page.base,
    h("span", {}, sent.source),
    page.printed,
  );
  page.fold = h(
    "button",
    {
      class: "rk-fold rk-noprint",
      "aria-label": words.fold,
      "aria-expanded": "true",
      onclick: () => fold(),
    },
    "›",
  );
  page.maps = h("div", { class: "rk-maps" }, mapBox, page.foot, page.fold);
  const right = h(
    "div",
    { class: "rk-right" },
    h("button", {
      class: "rk-handle rk-noprint",
      "aria-label": words.sheet,
      onclick: () => page.root.classList.toggle("rk-sheet-full"),
    }),
    page.panel,
  );
  page.root = h(
    "div",
    { id: "rk", class: "rk-first", lang: sent.lang },
    bar,
    page.side,
    page.maps,
    right,
    page.live,
  );
  document.body.insertBefore(page.root, document.body.firstChild);
}

/** Fold the panel away, or bring it back; the map keeps what it showed. */
function fold(isFolded = !page.root.classList.contains("rk-folded")) {
  page.root.classList.toggle("rk-folded", isFolded);
  page.fold.textContent = isFolded ? "‹" : "›";
  page.fold.setAttribute("aria-expanded", String(!isFolded));
  const seen = views[0].map.getBounds();
  for (const view of views) view.map.invalidateSize({ pan: false });
  fitSeen(views[0].map, seen);
}

/** Open or close the drawer of all themes, overlays and filters. */
function openDrawer(isOpen) {
  page.root.classList.toggle("rk-open", isOpen);
  page.side.hidden = !isOpen;
  if (isOpen) {
    buildSide();
    const first = page.side.querySelector("input,button");
    if (first) first.focus();
  }
}

function compare(isOn) {
  state.comparing = isOn;
  if (isOn) {
    const pair = sent.pairs.find((one) => one.left && [one.left, one.right].includes(state.layer));
    state.swipe = !!pair;
  }
  refresh("compare");
}

/**
 * Tell a chapter of the story; 0 ends it.
 * @param {number} number
 * @param {boolean} [quiet] whether the address stays as it is
 */
function tell(number, quiet) {
  const chapter = sent.story[number - 1];
  const panels = state.panels;
  if (chapter) {
    const wanted = readHash("#" + chapter.state);
    state.panels = panels;
    state.chosen = null;
    state.story = number;
    if (!quiet) writeHash(true);
    setTelling();
    buildSide();
    refresh("view");
    if (wanted.v) openHash({ v: wanted.v });
    else {
      const [kind, id] = (wanted.s || "").split(":"),
        bounds = kind && page.facts ? boundsOf(kind, id) : null;
      if (bounds) views[0].map.fitBounds(bounds, { maxZoom: 9, padding: [30, 30], animate: false });
      else fitAll();
    }
    if (quiet) return;
    page.live.textContent = chapter.title + "。" + chapter.text;
  } else {
    state.story = 0;
    setTelling();
    if (sent.view) show(sent.view);
    else refresh("view");
    fitAll();
  }
  writeHash();
}

/** The page as it stands for a story, or without. */
function setTelling() {
  page.root.classList.toggle("rk-telling", state.story > 0);
  if (page.chapters) page.chapters.remove();
  page.chapters = null;
  if (state.story) {
    page.chapters = storyBar();
    page.bar.append(page.chapters);
  }
  for (const view of views) view.map.invalidateSize({ pan: false });
}

/** What stands about the map: all, the legend, or nothing. */
function setPanels() {
  for (const panels of ["none", "legend"]) {
    page.root.classList.toggle("rk-panels-" + panels, state.panels === panels);
  }
}

/** Large type; the arrow keys lead through the views. */
function present() {
  const isOn = page.root.classList.toggle("rk-presenting");
  if (isOn && page.root.requestFullscreen) page.root.requestFullscreen().catch(() => {});
  else if (!isOn && document.fullscreenElement) document.exitFullscreen();
  for (const view of views) view.map.invalidateSize({ pan: false });
  fitAll();
}

function savePicture() {
  drawPicture().toBlob((blob) => saveBlob(blob, sent.title + ".png"));
}

function copyLink() {
  writeHash();
  copyText(location.href.split("#")[0] + page.hash, page.root);
  page.live.textContent = words.linkCopied;
}

/** Step through chapters or views by the arrow keys. */
export function step(by) {
  if (state.story) {
    const to = state.story + by;
    if (to >= 1 && to <= sent.story.length) tell(to);
    return;
  }
  const at = sent.presets.findIndex((one) => one.id === state.view),
    next = sent.presets[(at + by + sent.presets.length) % sent.presets.length];
  if (next) show(next.id);
}

/** Show a choropleth by itself. */
function showLayer(id) {
  state.layer = id;
  state.overlays.delete("projects");
  state.chosen = null;
  writeHash(true);
  buildSide();
  refresh("layer");
}

/** Show a view that has a button. */
function show(id) {
  applyPreset(presetOf(id));
  state.chosen = null;
  writeHash(true);
  buildSide();
  refresh("view");
}

function refresh(what) {
  if (what === "compare") setComparing();
  if (page.pairs) page.pairs.value = pairShown();
  for (const view of views) {
    view.draw();
  }
  showCount();
  if (page.setYears) page.setYears();
  showLegend();
  // A theme, an overlay or a filter of the reader's own is no longer the view of a button.
  if (what === "layer" || what === "overlays") state.view = "";
  showPanel();
  pressButtons();
  describeMap();
  if (!page.printing) writeHash();
}

function pressButtons() {
  for (const button of page.root.querySelectorAll(".rk-views button")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  }
}

function showCount() {
  if (!sent.region) return;
  const rows = views[0].rows || [],
    P = tables.projects;
  const drawn = rows.filter((i) => P.at[i] || P.line[i]).length;
  const counties = filterCounties();
  page.count.textContent = say(
    "count",
    rows.length,
    P.size,
    drawn,
    rows.length - drawn,
    counties ? counties.size : units.counties.size,
    units.counties.size,
  );
}

// Opened or folded by the reader a legend stays so.
function askLegend(view) {
  view.isLegendAsked = true;
}

function showLegend() {
  for (const view of views) {
    const which =
      views.length > 1 ? "（" + (view.side === "right" ? words.rightMap : words.leftMap) + "）" : "";
    fill(
      view.legend,
      h("summary", { onclick: () => askLegend(view) }, words.legend + which),
      h("div", { class: "rk-legends" }, legendOf(view)),
    );
    settleLegend(view);
  }
}

/** What is drawn, from its data: the message, the classes, the zones, the projects by stage. */
function mapWords(view) {
  const preset = presetOf(state.view),
    layer = view.layer,
    Z = tables.zones,
    rows = view.rows || [];
  return [
    preset && view === views[0] ? preset.message.replace(/[。.]$/, "") : null,
    layer ? layer.title : null,
    ...(layer ? layer.entries.filter((e) => e[2]).map((e) => e[0] + " " + e[2] + words.units) : []),
    ...(sent.region && page.facts && state.overlays.has("zones")
      ? strategicZones().map((z) => Z.short[z] + " " + Z.card[z])
      : []),
    page.facts && rows.length ? say("nProjects", rows.length) + "（" + groupCounts(rows) + "）" : null,
  ].filter(Boolean);
}

// What the map shows, in words, for those who do not see it.
function describeMap() {
  for (const view of views) {
    view.map.getContainer().setAttribute("aria-label", mapWords(view).join("；") + "。" + words.mapLabel);
  }
}

/**
 * Choose a thing, or nothing: the panel tells of it and the map marks it.
 * @param {?string} kind
 * @param {any} [id]
 * @param {{zoom?: boolean, row?: number, focus?: boolean, quiet?: boolean}} [how]
 */
function select(kind, id, { zoom, row, focus, quiet } = {}) {
  if (!page.facts) return;
  state.chosen = kind ? { kind, id, row } : null;
  // A step to go back from, before the map moves and writes where it is.
  if (!quiet) writeHash(true);
  showPanel();
  for (const view of views) {
    view.cursor = null;
    findProjects(view);
    view.map.invalidateSize({ pan: false });
    view.paper.redraw();
  }
  if (kind && zoom) {
    const bounds = boundsOf(kind, id);
    if (bounds)
      views[0].map.fitBounds(bounds, {
        maxZoom: kind === "project" || kind === "place" ? 10 : 9,
        padding: [30, 30],
        animate: false,
      });
  }
  if (kind && focus) {
    const title = page.panel.querySelector("h2");
    title && title.focus();
  }
  if (kind && page.root.classList.contains("rk-folded")) fold(false);
  if (kind) page.live.textContent = panelTitle(kind, id, row);
  if (!quiet) writeHash();
}

function openHash(wanted) {
  const view = (wanted.v || "").split(",").map(Number);
  if (view.length === 3 && view.every(Number.isFinite)) {
    const map = views[0].map,
      snap = map.options.zoomSnap;
    map.options.zoomSnap = 0;
    map.setView([view[0], view[1]], view[2], { animate: false });
    map.options.zoomSnap = snap;
  }
  if (wanted.s && sent.region) {
    const at = wanted.s.indexOf(":"),
      kind = wanted.s.slice(0, at),
      id = wanted.s.slice(at + 1);
    const row = tables.projects.name.indexOf(id);
    if (kind === "project" && row >= 0) select("project", row, { quiet: true });
    else if (kind === "zone" && tables.zoneRow.has(id)) select("zone", id, { quiet: true });
    else if (kind === "cluster" && tables.clusters.cluster_id.includes(id))
      select("cluster", id, { quiet: true });
    else if (kind === "place" && tables.places.id.includes(id)) select("place", id, { quiet: true });
    else if (units.countyRow.has(id) || units.cityRow.has(id) || id === units.province[0])
      select(unitKind(id), id, { quiet: true });
  }
}

function listenMove(view) {
  view.map.on("moveend", () => writeHash());
}

function listenPage(map) {
  document.addEventListener(
    "keydown",
    (event) => {
      const isFree = state.story > 0 || page.root.classList.contains("rk-presenting"),
        target = /** @type {Element} */ (event.target);
      if (document.querySelector("dialog[open]") || /^(input|select|textarea)$/i.test(target.tagName)) return;
      if (
        isFree &&
        (event.key === "ArrowRight" || event.key === "ArrowLeft" || event.key.startsWith("Page"))
      ) {
        step(event.key === "ArrowRight" || event.key === "PageDown" ? 1 : -1);
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      if (event.key === "Escape" && state.story) {
        tell(0);
        return;
      }
      if (event.key === "Escape" && page.root.classList.contains("rk-presenting")) {
        present();
        return;
      }
      if (event.key === "Escape" && state.chosen) {
        select(null);
        map.getContainer().focus();
      }
    },
    true,
  );
  addEventListener("hashchange", () => {
    if (location.hash === page.hash) return;
    const again = readHash(location.hash);
    setPanels();
    setTelling();
    if (!again.s) state.chosen = null;
    buildSide();
    setComparing();
    views.forEach((one) => one.draw());
    openHash(again);
    showCount();
    showLegend();
    showPanel();
    pressButtons();
  });
  addEventListener("resize", () => views.forEach((one) => one.map.invalidateSize({ pan: false })));
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
}

/**
 * Wait for a moment in which the browser has nothing better to do.
 * @returns {Promise<any>}
 */
function idle() {
  return new Promise((done) => {
    if (window.requestIdleCallback) requestIdleCallback(() => done(null), { timeout: 200 });
    else setTimeout(() => done(null));
  });
}

/** Resolve when the browser has done what it has begun: after a frame, when it is handed on. */
function soon() {
  return new Promise((done) => setTimeout(() => done(null)));
}

/**
 * Resolve when n frames have been shown; a page in the background shows none and waits in vain.
 * @param {number} n
 * @returns {Promise<any>}
 */
function frames(n) {
  return new Promise((done) => {
    const next = () => (n-- ? requestAnimationFrame(next) : done(null));
    next();
    setTimeout(() => done(null), 1000);
  });
}

// First the map as it opens, from the small block of data; then, when it is on the screen, what
// the panel, the search and the filters read, and the lists that no one reads in that moment.
async function start(map) {
  try {
    // A breath, in which the browser makes ready what it will show frames with.
    await soon();
    await begin(map);
  } catch (error) {
    fail(error);
  }
}

/**
 * What stands in the page gives way before anything is laid out, and comes back where an error
 * comes before the map.
 */
function giveWay() {
  const standing = document.getElementById("rk-static");
  if (!standing) return;
  standing.hidden = true;
  addEventListener("error", () => {
    if (!page.root) standing.hidden = false;
  });
}

/** An error ends in a sentence, beside whatever is on the screen already. */
function fail(error) {
  const box = document.getElementById("rk-static");
  if (box && !page.root) box.hidden = false;
  else if (box) box.remove();
  const told = h(
    "p",
    { class: "rk-failed", role: "alert" },
    say("failed", String((error && error.message) || error)),
  );
  (page.root || document.body).append(told);
  setTimeout(() => {
    throw error;
  });
}

/** What Leaflet puts about the map: zoom, home, scale, credits. */
function settleControls(map) {
  map.attributionControl.setPrefix(false);
  map.attributionControl.setPosition("topright");
  map.zoomControl.setPosition("bottomright");
  L.control.scale({ imperial: false }).addTo(map);
  for (const way of ["in", "out"]) {
    const knob = map.getContainer().querySelector(".leaflet-control-zoom-" + way);
    if (knob) {
      // The map is one stop of the tab key: plus and minus zoom it.
      knob.tabIndex = -1;
      knob.title = words["zoom_" + way];
      knob.setAttribute("aria-label", knob.title);
    }
  }
  const home = h(
    "a",
    {
      class: "rk-home",
      href: "#",
      role: "button",
      tabindex: "-1",
      title: words.reset,
      "aria-label": words.reset,
    },
    "⌂",
  );
  L.DomEvent.on(home, "click", (event) => {
    L.DomEvent.stop(event);
    fitAll();
  });
  map.zoomControl.getContainer().append(home);
}

async function begin(map) {
  const data = JSON.parse(document.getElementById("rk-base").textContent);
  readBase(data);
  state.layer = data.open || (layers.length ? layers[0].id : null);
  state.overlays = new Set(data.overlays);
  for (const domain of data.domains) state.filter.domain.add(domain);
  if (data.view) applyPreset(presetOf(data.view));
  const asked = window.rkState || location.hash;
  if (asked.length > 1) readHash(asked);
  const comparing = state.comparing;
  state.comparing = false;
  build(map.getContainer());
  setPanels();
  setTelling();
  map.invalidateSize({ pan: false, animate: false });
  map.options.zoomSnap = 0.25;
  page.bounds = L.latLngBounds(data.bounds);
  fitAll(map);
  if (data.basemap) addBasemap(map);
  const view = new View(map, "left");
  views.push(view);
  view.draw();
  pressButtons();
  // The units first: a page's first words cost as much as the whole map, since their font is
  // looked for, and come in the next frame.
  view.isBare = true;
  view.paper.addTo(map);
  await frames(1);
  await soon();
  view.isBare = false;
  settleControls(map);
  page.root.classList.remove("rk-first");
  placeNames(view);
  showPanel();
  // By the fourth frame the browser has shown what was drawn in the first.
  await frames(3);
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
  state.comparing = comparing;
  if (comparing) setComparing();
  await idle();
  buildSide();
  showCount();
  if (!state.chosen) showPanel();
  pressButtons();
  await idle();
  showLegend();
  describeMap();
  view.paper.options.padding = PADDING;
  view.paper._update();
  listenKeys(view);
  listenMove(view);
  listenPage(view.map);
  page.ready = true;
  const standing = document.getElementById("rk-static");
  if (standing) standing.remove();
  writeHash();
  performance.mark("rk-ready");
}

giveWay();

commands.select = select;
commands.refresh = refresh;
commands.show = show;
commands.drawer = openDrawer;
commands.table = openTable;
commands.panel = showPanel;
commands.layer = showLayer;
commands.tell = tell;

// Also for tests, and for the scripts of a page around this one.
window.regionkit = {
  start,
  state,
  views,
  units,
  tables: allTables,
  csv: toCsv,
  search,
  select,
  show,
  tell,
  picture: drawPicture,
  drawer: openDrawer,
  years: planYears,
};
