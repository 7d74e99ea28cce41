// Legend, search, filters, tables, printing.

function legendOf(view) {
  const layer = view.layer;
  const items = [];
  if (layer) {
    const asked = view.side === "right" ? S.rightFilter.year || S.filter.year : S.filter.year;
    items.push(h("h3", {}, layer.title, layer.unit ? h("small", {}, "（" + layer.unit + "）") : null));
    if (asked && layer.year && asked !== layer.year) items.push(h("p", { class: "rk-note" }, say("yearNone", layer.year)));
    if (layer.ramp) {
      const bar = h("div", { class: "rk-ramp", role: "img", "aria-label": layer.ramp.low + " – " + layer.ramp.high });
      bar.style.background = "linear-gradient(90deg," + layer.ramp.colours.join() + ")";
      items.push(bar, h("div", { class: "rk-ramp-ends" }, h("span", {}, formatNumber(layer.ramp.low)), h("span", {}, formatNumber(layer.ramp.high))));
    }
    const rows = layer.ramp ? layer.entries.filter((e) => e[4]) : layer.entries;
    items.push(h("ul", { class: "rk-legend" }, rows.map((e) => h("li", {}, swatch(e[1], e[3]), h("span", {}, e[0]), h("span", { class: "rk-n" }, String(e[2]))))));
    if (layer.source) items.push(h("p", { class: "rk-cite" }, W.source + "：" + layer.source));
    if (layer.note) items.push(h("p", { class: "rk-note" }, layer.note));
  }
  items.push(...markLegend());
  if (strategicZones().length && S.overlays.has("zones") && view === views[0]) {
    items.push(h("h3", {}, W.zone), h("ul", { class: "rk-legend" }, strategicZones().map((z, order) =>
      h("li", {}, zoneSwatch(T.zones.colour[z], order, layer), link(T.zones.name[z], "zone", T.zones.id[z]), h("span", { class: "rk-n" }, String(T.zones.counties[z].length)))),
    overlapCount() ? h("li", {}, overlapSwatch(), h("span", {}, W.overlap), h("span", { class: "rk-n" }, String(overlapCount()))) : null));
  }
  if (page.facts && T.zoneRow.has(S.grouping) && view === views[0]) items.push(...groupingLegend());
  if (page.facts && Object.keys(D.signs.badges).some((name) => S.overlays.has(name))) items.push(badgeLegend());
  if (page.facts && S.overlays.has("projects")) items.push(...projectLegend(view));
  return items;
}

// Search -----------------------------------------------------------------------------------

function searchItems() {
  const items = [];
  const add = (text, kind, id, name) => items.push({ text, kind, id, name: name || text });
  if (D.region) add(U.province[1], "province", U.province[0]);
  U.cities.id.forEach((code, row) => add(U.cities.name[row], "city", code));
  U.counties.id.forEach((code, row) => add(U.counties.name[row], "county", code, fullName(code)));
  T.zones.id.forEach((id, z) => { add(T.zones.name[z], "zone", id); if (T.zones.short[z] !== T.zones.name[z]) add(T.zones.short[z], "zone", id, T.zones.short[z] + "（" + T.zones.name[z] + "）"); });
  T.aliases.name.forEach((alias, row) => { const code = T.aliases.adcode[row]; add(alias, unitKind(code), code, alias + "：" + fullName(code)); });
  for (const code of !D.region ? [] : [U.province[0], ...U.cities.id, ...U.counties.id]) add(code, unitKind(code), code, code + "：" + fullName(code));
  T.clusters.name.forEach((name, row) => add(name, "cluster", T.clusters.cluster_id[row]));
  T.places.name.forEach((name, row) => add(name, "place", T.places.id[row],
    name + (T.places.adcode[row] ? "（" + unitName(T.places.adcode[row]) + "）" : "")));
  T.projects.name.forEach((name, i) => add(name, "project", i));
  for (const layer of L_) {
    if (O[layer.level]) O[layer.level].names.forEach((name, row) => items.push({ text: name, kind: "custom", id: layer.id, row, name }));
  }
  for (const own of D.marks) own.names.forEach((name, row) => items.push({ text: name, kind: "mark", id: own.id, row, name }));
  return items.filter((item) => item.text);
}

// Whether a text holds a word: as it stands, or letter for letter by the initials of its reading.
function findWord(text, word) {
  const at = text.toLowerCase().indexOf(word);
  if (at >= 0) return text.length === word.length ? 4 : at === 0 ? 3 : 2;
  if (!/^[a-z]+$/.test(word)) return 0;
  const fits = (from) => [...word].every((letter, k) => {
    const sign = text[from + k];
    return sign && ((T.search.initials[letter] || "").includes(sign) || sign.toLowerCase() === letter);
  });
  for (let from = 0; from + word.length <= text.length; from++) if (fits(from)) return from ? 0.5 : 1;
  return 0;
}

function search(text) {
  const word = text.trim().toLowerCase().replace(/\s+/g, " ");
  if (!word || !page.facts) return [];
  page.items = page.items || searchItems();
  const hits = [];
  for (const item of page.items) {
    const score = findWord(item.text, word);
    if (score) hits.push([score - (item.kind === "project" ? 0.25 : 0) - item.text.length / 1000, item]);
  }
  const seen = new Set();
  return hits.sort((a, b) => b[0] - a[0]).map((hit) => hit[1]).filter((item) => {
    const key = item.kind + item.id + (item.row === undefined ? "" : item.row);
    return seen.has(key) ? false : seen.add(key);
  }).slice(0, 30);
}

function makeSearch() {
  const input = h("input", { type: "search", placeholder: W.search, "aria-label": W.search, role: "combobox",
    "aria-expanded": "false", "aria-controls": "rk-hits", "aria-autocomplete": "list", autocomplete: "off" });
  const list = h("ul", { id: "rk-hits", role: "listbox", hidden: true });
  let hits = [], at = -1;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); at = -1; };
  const go = (hit) => { input.value = hit.text; close(); select(hit.kind, hit.id, { zoom: true, row: hit.row, focus: true }); };
  const mark = () => {
    [...list.children].forEach((item, k) => item.setAttribute("aria-selected", String(k === at)));
    const item = list.children[at];
    if (item) { input.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
  };
  input.addEventListener("input", () => {
    hits = search(input.value);
    at = hits.length ? 0 : -1;
    fill(list, hits.length ? hits.map((hit, k) => h("li", { role: "option", id: "rk-hit-" + k,
      onmousedown: (event) => { event.preventDefault(); go(hit); } }, hit.name, h("small", {}, " " + W[hit.kind === "mark" ? "custom" : hit.kind])))
      : [h("li", { class: "rk-note" }, W.noHit)]);
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = Math.max(0, Math.min(hits.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)));
      mark();
      event.preventDefault();
    } else if (event.key === "Enter" && hits[at]) go(hits[at]);
    else if (event.key === "Escape") close();
  });
  input.addEventListener("blur", close);
  return h("div", { class: "rk-search rk-noprint" }, input, list);
}

// Tables -----------------------------------------------------------------------------------

function allTables() {
  const makers = L_.map((layer) => ({ id: layer.id, title: layer.title, make: () => layerTable(readLayer(layer)) }));
  for (const own of D.marks) makers.push({ id: own.id, title: own.title, make: () => markTable(own) });
  if (!D.region || !page.facts) return makers;
  const Z = T.zones, M = T.memberships, K = T.tasks, C = T.clusters, G = T.targets;
  makers.push(
    { id: "projects", title: W.projects, make: projectTable },
    { id: "zones", title: W.belongs, make: () => ({ id: "zones", title: W.belongs, head: [W.zone, W.members, W.role, W.source, W.note],
      rows: M.zone_id.map((id, row) => [Z.name[T.zoneRow.get(id)], unitName(M.adcode[row]), label("member_role", M.role[row]), citationText(M, row), M.note[row] || ""]),
      open: M.zone_id.map((id) => () => select("zone", id, { zoom: true, focus: true })) }) },
    { id: "targets", title: W.targets, make: () => ({ id: "targets", title: W.targets, head: [W.name, W.level, W.scope, W.value, W.year, W.source, W.note],
      rows: G.indicator.map((name, row) => [name, label("scope_kind", G.scope_kind[row]), scopeName(row),
        G.words[row], String(G.target_year[row] || ""), citationText(G, row), G.note[row] || ""]), open: [] }) },
    { id: "clusters", title: W.clustersHere, make: () => ({ id: "clusters", title: W.clustersHere, head: [W.name, W.tier, W.revenue, W.year, W.touches, W.source],
      rows: C.name.map((name, row) => [name, label("tier", C.tier[row]), C.revenue_target_100m_cny[row] === null ? "" : C.revenue_target_100m_cny[row], String(C.target_year[row] || ""),
        rowsWhere(T.cluster_places.cluster_id, (id) => id === C.cluster_id[row]).map((r) => unitName(T.cluster_places.adcode[r])).join("、"), citationText(C, row)]),
      open: C.cluster_id.map((id) => () => select("cluster", id, { focus: true })) }) },
    { id: "tasks", title: W.tasksHere, make: () => ({ id: "tasks", title: W.tasksHere, head: [W.name, W.touches, W.lead, W.source, W.note],
      rows: K.title.map((title, row) => [title, taskCodes(row).map(unitName).join("、"), K.lead[row] || "", citationText(K, row), K.note[row] || ""]), open: [] }) });
  return makers;
}

function scopeName(row) {
  const kind = T.targets.scope_kind[row], id = T.targets.scope_id[row];
  if (kind === "zone") return T.zoneRow.has(id) ? T.zones.name[T.zoneRow.get(id)] : id;
  if (kind === "cluster") return T.clusters.name[T.clusters.cluster_id.indexOf(id)] || id;
  if (kind === "place") return T.places.name[T.places.id.indexOf(id)] || id;
  if (kind === "project") return T.projects.name[Number(id)] || id;
  return unitName(id);
}

// A cell that a spreadsheet would take for a formula is made text; plain numbers stay numbers.
function safeCell(value) {
  const text = String(value);
  return /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? "'" + text : text;
}

function toCsv(table) {
  const cell = (value) => {
    const text = safeCell(value);
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  };
  // The mark at the head makes spreadsheets read it as UTF-8.
  return "\ufeff" + [table.head, ...table.rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function toTabs(table) {
  const cell = (value) => safeCell(value).replace(/[\t\r\n]+/g, " ");
  return [table.head, ...table.rows].map((row) => row.map(cell).join("\t")).join("\n");
}

function openTable(id) {
  const makers = allTables();
  const made = (makers.find((one) => one.id === id) || makers[0]).make();
  const status = h("span", { role: "status" });
  const body = h("tbody", {});
  const drawRow = (row, k) => h("tr", {}, row.map((value, c) => h(c ? "td" : "th", c ? {} : { scope: "row" },
    !c && made.open[k] ? h("button", { class: "rk-link", onclick: () => { dialog.close(); made.open[k](); } }, String(value)) : formatNumber(value))));
  body.append(...made.rows.map(drawRow));
  const choose = h("select", { "aria-label": W.chooseTable, onchange: () => { dialog.close(); openTable(choose.value); } },
    makers.map((one) => h("option", { value: one.id, selected: one.id === made.id }, one.title)));
  const copy = () => {
    const text = toTabs(made), done = () => { status.textContent = say("copied", made.rows.length); };
    const byHand = () => {
      const area = h("textarea", {});
      area.value = text;
      dialog.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      done();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand);
    else byHand();
  };
  const save = () => {
    const address = URL.createObjectURL(new Blob([toCsv(made)], { type: "text/csv" }));
    const anchor = h("a", { href: address, download: made.title.replace(/[\\/:*?"<>|]/g, "_") + ".csv" });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };
  const dialog = h("dialog", { class: "rk-dialog", "aria-label": W.table },
    h("header", {}, choose, h("button", { onclick: copy }, W.copy), h("button", { onclick: save }, W.save), status,
      h("button", { onclick: () => dialog.close(), "aria-label": W.close }, "×")),
    h("div", { class: "rk-scroll", tabindex: "0" }, h("table", {}, h("caption", {}, say("tableOf", made.title, made.rows.length)),
      h("thead", {}, h("tr", {}, made.head.map((name) => h("th", { scope: "col" }, name)))), body)));
  dialog.addEventListener("close", () => dialog.remove());
  page.root.append(dialog);
  dialog.showModal();
}

function openHelp() {
  const dialog = h("dialog", { class: "rk-dialog rk-help", "aria-label": W.help },
    h("header", {}, h("b", {}, W.help), h("button", { onclick: () => dialog.close(), "aria-label": W.close }, "×")),
    h("div", { class: "rk-scroll" }, h("p", {}, W.helpText), h("p", {}, W.basisHelp), h("p", {}, D.source)));
  dialog.addEventListener("close", () => dialog.remove());
  page.root.append(dialog);
  dialog.showModal();
}

// Printing ---------------------------------------------------------------------------------

function printPage(what) {
  page.root.dataset.print = what;
  window.print();
}

// On paper nobody sees what is filtered, nor when it was printed.
function printedLine() {
  const f = S.filter;
  const parts = [...f.domain].map((one) => label("domain", one));
  if (f.zone) parts.push(T.zones.short[T.zoneRow.get(f.zone)]);
  if (f.stage) parts.push(f.stage === "-" ? W.noStage : label("stage", f.stage));
  if (f.sector) parts.push(T.sectors.name[T.sectors.id.indexOf(f.sector)]);
  if (f.document) parts.push(T.sources.name[T.sourceRow.get(f.document)]);
  if (f.year) parts.push(String(f.year));
  const now = new Date(), two = (n) => String(n).padStart(2, "0");
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  return " · " + W.filters + "：" + (parts.join("、") || W.all) + " · " + W.printedOn + " " + day;
}

// The map is laid out anew for the sheet, at once: there is no second chance before it prints.
function beforePrint() {
  page.root.classList.add("rk-printing");
  // What is folded away would be missing on paper.
  if (page.root.dataset.print === "panel") page.panel.querySelectorAll("details").forEach((one) => { one.open = true; });
  page.printed.textContent = printedLine();
  for (const view of views) {
    view.legend.open = true;
    view.bounds = view.map.getBounds();
    view.before = [view.map.getCenter(), view.map.getZoom()];
  }
  for (const view of views) view.map.invalidateSize({ pan: false, animate: false });
  // The second map follows the first.
  fitSeen(views[0].map, views[0].bounds);
  for (const view of views) view.paper.redraw();
}

function afterPrint() {
  page.root.classList.remove("rk-printing");
  delete page.root.dataset.print;
  for (const view of views) view.map.invalidateSize({ pan: false, animate: false });
  if (views[0].before) views[0].map.setView(...views[0].before, { animate: false });
}
