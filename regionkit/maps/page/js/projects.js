// A kind of layer: projects of the plan, as symbols and routes.

const CIRCLE = Array.from({ length: 48 }, (_, i) =>
  (i % 2 ? Math.cos : Math.sin)((Math.floor(i / 2) / 24) * 2 * Math.PI));

Object.assign(View.prototype, {
  findProjects() {
    this.rows = filterProjects(this.side);
    this.signs = [];
    this.routes = [...this.markLines];
    const P = T.projects, crowd = new Map();
    // What the panel tells of is on the map, also where the filters leave it out.
    const chosen = S.chosen && S.chosen.kind === "project" ? S.chosen.id : -1;
    const shown = S.overlays.has("projects") ? this.rows : [];
    for (const i of chosen < 0 || shown.includes(chosen) ? shown : [...shown, chosen]) {
      const rk = { kind: "project", id: i };
      if (P.line[i]) {
        const look = lookOf(i), stroke = strokeOf(look.fill);
        const line = P.lines[i] || (P.lines[i] = readLine(P.line[i], D.grid.steps));
        this.routes.push({ lines: [line], colour: look.colour, dash: stroke.dashes, width: D.signs.routes.map * stroke.width, faint: stroke.width <= 1, cut: P.cut[i] || 0, rk });
      } else if (P.at[i]) {
        // Places that several share, or that stand for a whole unit, are laid out in a spiral.
        const key = P.at[i].join(), look = lookOf(i), number = crowd.get(key) || 0;
        crowd.set(key, number + 1);
        this.signs.push({ ...worldPoint(P.at[i]), step: look.faint ? number + 1 : number, look, rk, aside: [0, 0] });
      }
    }
    if (page.facts && S.overlays.has("clusters")) this.findBadges(clusterCounts(), "clusters");
    if (page.facts && S.overlays.has("tasks")) this.findBadges(taskCounts(), "tasks");
  },

  drawRoute(to, route) {
    const { pen } = to, rk = S.chosen || {};
    const chosen = rk.kind === route.rk.kind && rk.id === route.rk.id && rk.row === route.rk.row;
    if (chosen) strokeLines(to, route.lines, "#ffffffd0", 7);
    const width = chosen ? D.signs.routes.chosen : route.width;
    pen.globalAlpha = route.faint && !chosen ? 0.6 : 1;
    pen.setLineDash(route.dash.map((length) => length * width));
    strokeLines(to, route.lines, route.colour, width);
    pen.setLineDash([]);
    const line = route.lines[0], end = line.length;
    const at = (k) => [line[k] * to.scale + to.dx, line[k + 1] * to.scale + to.dy];
    if (route.cut & 1) drawArrow(to, at(0), at(2), 6);
    if (route.cut & 2) drawArrow(to, at(end - 2), at(end - 4), 6);
    pen.globalAlpha = 1;
  },

  drawSigns(to) {
    const radius = this.radius(), margin = 20;
    const chosen = S.chosen && S.chosen.kind === "project" ? S.chosen.id : -1;
    let last = null;
    const stamp = (sign, x, y) => {
      if (sign.text) drawBadge(to, sign, x, y);
      else stampSymbol(to, last && last[0] === sign ? { ...sign.look, chosen: true } : sign.look, x, y, sign.radius || radius);
    };
    for (const signs of [this.marks, this.signs]) {
      for (const sign of signs) {
        if (sign.step !== undefined) sign.aside = spiral(sign.step, radius * 2.1);
        const x = sign.x * to.scale + to.dx + sign.aside[0], y = sign.y * to.scale + to.dy + sign.aside[1];
        if (x < -margin || y < -margin || x > to.wide + margin || y > to.high + margin) continue;
        if (chosen === sign.rk.id && sign.rk.kind === "project") last = [sign, x, y];
        else stamp(sign, x, y);
      }
    }
    if (last) stamp(...last);
  },
});

function lookOf(i) {
  const P = T.projects;
  const [shape, colour] = T.symbols.kinds[P.domain[i] + "/" + P.kind[i]] ;
  return {
    name: shape, shape: T.symbols.shapes[shape], colour,
    fill: T.symbols.fills[P.stage[i]] || "unknown",
    faint: P.location_basis[i] === "county" || P.location_basis[i] === "city",
  };
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

// Filters of one map: the common ones, with the document and year that the right map may change.
function filterProjects(side) {
  const P = T.projects;
  const f = !page.facts ? { domain: S.filter.domain }
    : { ...S.filter, ...(side === "right" ? S.rightFilter : {}) };
  const sector = f.sector ? unitsOfSector(f.sector) : null;
  const zone = f.zone ? T.zoneRow.get(f.zone) : null;
  const kept = [];
  for (let i = 0; i < P.size; i++) {
    if (f.domain.size && !f.domain.has(P.domain[i])) continue;
    if (f.stage && (P.stage[i] || "-") !== f.stage) continue;
    if (f.document && !P.documents[i].has(f.document)) continue;
    if (zone !== null && !P.zones[i].has(zone)) continue;
    if (f.year && !inYear(i, f.year)) continue;
    if (sector && !P.codes[i].some((code) => sector.has(code))) continue;
    kept.push(i);
  }
  return kept;
}

function inYear(i, year) {
  const P = T.projects;
  if (P.yearList[i].includes(year)) return true;
  return P.start_year[i] !== null && P.end_year[i] !== null &&
    P.start_year[i] <= year && year <= P.end_year[i];
}

function svgElement(tag, values) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const name in values) element.setAttribute(name, values[name]);
  return element;
}

// How a line is drawn at a stage; its dashes are in widths of the line.
function strokeOf(stage) {
  return D.signs.strokes[stage];
}

// A route, in the dash of a stage.
function lineSwatch(colour, stage = "solid") {
  const stroke = strokeOf(stage), width = D.signs.routes.legend * stroke.width;
  const picture = svgElement("svg", { class: "rk-line", viewBox: "0 0 28 20", "aria-hidden": "true" });
  picture.append(svgElement("line", { x1: 1, x2: 27, y1: 10, y2: 10, stroke: colour, "stroke-width": width,
    "stroke-dasharray": stroke.dashes.map((length) => length * width).join(" ") }));
  return picture;
}

// A project's symbol as a small drawing; a canvas for each would cost the page its quickness.
function symbolSwatch(look) {
  const corners = [];
  for (let i = 0; i < look.shape.length; i += 2) {
    corners.push((10 + look.shape[i] * 6.5).toFixed(1) + "," + (10 - look.shape[i + 1] * 6.5).toFixed(1));
  }
  const outline = { points: corners.join(" "), stroke: look.colour, "stroke-width": 1.4 };
  if (look.faint) outline["stroke-dasharray"] = "2 1.6";
  const make = svgElement, picture = make("svg", { class: "rk-symbol", viewBox: "0 0 20 20", "aria-hidden": "true" });
  picture.append(make("polygon", { ...outline, fill: faceOf(look) }));
  if (look.fill === "half") picture.append(make("path", { d: "M4 10h12a6 6 0 0 1-12 0", fill: look.colour }));
  if (look.fill === "dotted" || look.fill === "done") {
    picture.append(make("circle", { cx: 10, cy: 10, r: 2, fill: look.fill === "done" ? "#fff" : look.colour }));
  }
  return picture;
}

function projectLegend(view) {
  const P = T.projects, counts = new Map();
  for (const i of view.rows || []) {
    if (P.at[i] || P.line[i]) push(counts, P.domain[i] + "/" + P.kind[i], i);
  }
  const kinds = [...counts].sort((a, b) => b[1].length - a[1].length);
  const words = kinds.map(([key]) => label("kind", key.split("/")[1]));
  const row = ([key, rows], k) => {
    const look = { ...lookOf(rows[0]), fill: "solid", faint: false }, [domain, kind] = key.split("/");
    // A word that stands for kinds of several domains carries its domain.
    const isShared = kind === "other" || words.indexOf(words[k]) !== words.lastIndexOf(words[k]);
    const text = isShared ? say("labelled", label("domain", domain), words[k]) : words[k];
    const lines = rows.filter((i) => P.line[i]).length;
    return h("li", {}, lines ? lineSwatch(look.colour) : null, lines < rows.length ? symbolSwatch(look) : null, h("span", {}, text), h("span", { class: "rk-n" }, String(rows.length)));
  };
  const sample = (fill, faint) => symbolSwatch({ shape: CIRCLE, colour: "#444", fill, faint });
  return [
    h("h3", {}, W.symbols),
    h("ul", { class: "rk-legend rk-kinds" }, kinds.map(row)),
    h("ul", { class: "rk-legend" }, Object.keys(D.signs.strokes).map((f) => h("li", {}, lineSwatch("#444", f), sample(f), h("span", {}, W[f]))),
      h("li", {}, sample("solid", true), h("span", {}, W.dashed))),
    h("p", { class: "rk-note" }, W.schematic),
  ];
}

function projectTable() {
  const P = T.projects;
  return {
    id: "projects", title: W.projects,
    head: [W.name, W.domain, W.kind, W.stage, W.period, W.capacity, W.touches, W.located, W.source, W.note],
    rows: filterProjects().map((i) => [P.name[i], label("domain", P.domain[i]), label("kind", P.kind[i]), P.stage[i] ? label("stage", P.stage[i]) : "",
      [...new Set([P.start_year[i], P.end_year[i]].filter(Boolean))].join("–"), P.capacity_value[i] === null ? "" : formatQuantity(P.capacity_value[i], P.capacity_unit[i]),
      P.codes[i].map(unitName).join("、"), label("location_basis", P.location_basis[i]), citationText(P, i), P.note[i] || ""]),
    open: filterProjects().map((i) => () => select("project", i, { zoom: true, focus: true })),
  };
}

function projectLink(i) {
  const P = T.projects;
  const [, colour] = T.symbols.kinds[P.domain[i] + "/" + P.kind[i]];
  const dot = h("i", { class: "rk-dot", "aria-hidden": "true" });
  dot.style.background = colour;
  return [dot, link(P.name[i], "project", i), h("small", {}, " " + label("kind", P.kind[i]))];
}

function projectSections(rows) {
  const P = T.projects, stages = new Map();
  for (const i of rows) push(stages, P.stage[i] || "", i);
  const order = [...Object.keys(T.labels.stage), ""];
  const found = order.filter((stage) => stages.has(stage));
  return section(W.byStage, rows.length, found.map((stage) => h("details", { open: rows.length < 25 },
    h("summary", {}, (stage ? label("stage", stage) : W.noStage) + " " + stages.get(stage).length),
    listOf(stages.get(stage), (i) => [projectLink(i), citation(P, i)]))));
}

function projectPanel(i) {
  const P = T.projects;
  const years = [P.start_year[i], P.end_year[i]].filter(Boolean);
  const fact = (name, value) => value && h("p", {}, h("span", { class: "rk-key" }, name + " "), value);
  const position = P.line[i] ? W.schematic : P.at[i] ? label("location_basis", P.location_basis[i]) : W.nowhere;
  const faint = lookOf(i).faint && P.at[i];
  return [
    h("p", {}, [label("domain", P.domain[i]), label("kind", P.kind[i])].filter(Boolean).join(" · ")),
    filterProjects().includes(i) ? null : h("p", { class: "rk-note" }, W.filteredOut),
    fact(W.stage, h("b", {}, P.stage[i] ? label("stage", P.stage[i]) : W.noStage)),
    fact(W.period, years.length ? [...new Set(years)].join("–") : null),
    fact(W.capacity, P.capacity_value[i] === null ? null : h("b", {}, formatQuantity(P.capacity_value[i], P.capacity_unit[i]))),
    h("p", {}, citation(P, i)),
    fact(W.touches, P.codes[i].length ? h("span", {}, joined(P.codes[i].map(unitLink))) : null),
    fact(W.located, h("span", {}, position, faint ? h("small", { class: "rk-note" }, W.unsited) : null,
      P.location_source[i] ? h("small", { class: "rk-note" }, P.location_source[i]) : null)),
    P.zones[i].size ? fact(W.zone, h("span", {}, joined([...P.zones[i]].map((z) => link(T.zones.short[z], "zone", T.zones.id[z]))))) : null,
    P.note[i] && h("p", { class: "rk-note" }, W.note + "：" + P.note[i]),
    section(W.history, P.mentions[i].length, h("ol", { class: "rk-history" }, P.mentions[i].slice().sort(byDate).map((row) => mentionLine(row)))),
    section(W.targets, 0, targetSection(W.ownTargets, targetRows(new Set(["project:" + i])), true)),
  ];
}

function byDate(a, b) {
  const M = T.mentions;
  const date = (row) => T.sources.issued_on[T.sourceRow.get(M.source_id[row])] || "9999";
  const year = (row) => M.year[row] || Number(date(row).slice(0, 4));
  return year(a) - year(b) || date(a).localeCompare(date(b));
}

function mentionLine(row) {
  const M = T.mentions;
  return h("li", {}, h("b", {}, String(M.year[row] || (T.sources.issued_on[T.sourceRow.get(M.source_id[row])] || "").slice(0, 4))), " ",
    M.stage[row] ? label("stage", M.stage[row]) : W.noStage, M.said[row] ? "（“" + M.said[row] + "”）" : "",
    M.named_as[row] ? h("div", {}, M.named_as[row]) : null,
    M.match[row] ? h("small", { class: "rk-doubt" }, " " + (M.match[row] === "doubtful" ? W.doubtful : label("match", M.match[row]))) : null,
    cite(M.source_id[row], M.locator[row], "stated"), M.note[row] && h("small", { class: "rk-note" }, M.note[row]));
}
