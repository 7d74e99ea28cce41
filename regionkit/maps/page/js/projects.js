// A kind of layer: projects of the plan, as symbols and routes.

import { clusterCounts, findBadges, taskCounts } from "./badges.js";
import { readLine } from "./decode.js";
import { h } from "./dom.js";
import { drawArrow, drawBadge, strokeLines } from "./draw.js";
import {
  citation,
  citationText,
  cite,
  filterProjects,
  formatQuantity,
  label,
  push,
  say,
  unitName,
} from "./facts.js";
import { joined, link, listOf, section, unitLink } from "./lists.js";
import { spiral, worldPoint } from "./plane.js";
import { commands, page, sent, state, tables, words } from "./state.js";
import { CIRCLE, lineSwatch, stampSymbol, strokeOf, symbolSwatch } from "./symbols.js";
import { targetRows, targetSection } from "./targets.js";

export function findProjects(view) {
  view.rows = filterProjects(view.side);
  view.signs = [];
  view.routes = [...view.markLines];
  const P = tables.projects,
    crowd = new Map();
  // What the panel tells of is on the map, also where the filters leave it out.
  const chosen = state.chosen && state.chosen.kind === "project" ? state.chosen.id : -1;
  const shown = state.overlays.has("projects") ? view.rows : [];
  for (const i of chosen < 0 || shown.includes(chosen) ? shown : [...shown, chosen]) {
    const rk = { kind: "project", id: i };
    if (P.line[i]) {
      const look = lookOf(i),
        stroke = strokeOf(look.fill);
      const line = P.lines[i] || (P.lines[i] = readLine(P.line[i], sent.grid.steps));
      view.routes.push({
        lines: [line],
        colour: look.colour,
        dash: stroke.dashes,
        width: sent.signs.routes.map * stroke.width,
        faint: stroke.width <= 1,
        cut: P.cut[i] || 0,
        rk,
      });
    } else if (P.at[i]) {
      // Places that several share, or that stand for a whole unit, are laid out in a spiral.
      const key = P.at[i].join(),
        look = lookOf(i),
        number = crowd.get(key) || 0;
      crowd.set(key, number + 1);
      view.signs.push({
        ...worldPoint(P.at[i]),
        step: look.faint ? number + 1 : number,
        look,
        rk,
        aside: [0, 0],
      });
    }
  }
  if (page.facts && state.overlays.has("clusters")) findBadges(view, clusterCounts(), "clusters");
  if (page.facts && state.overlays.has("tasks")) findBadges(view, taskCounts(), "tasks");
}

export function drawRoute(to, route) {
  const { pen } = to,
    /** @type {Partial<import("./state.js").Chosen>} */
    rk = state.chosen || {};
  const chosen = rk.kind === route.rk.kind && rk.id === route.rk.id && rk.row === route.rk.row;
  if (chosen) strokeLines(to, route.lines, sent.signs.colours.halo, 7);
  const width = chosen ? sent.signs.routes.chosen : route.width;
  pen.globalAlpha = route.faint && !chosen ? 0.6 : 1;
  pen.setLineDash(route.dash.map((length) => length * width));
  strokeLines(to, route.lines, route.colour, width);
  pen.setLineDash([]);
  const line = route.lines[0],
    end = line.length;
  /** @type {(k: number) => [number, number]} */
  const at = (k) => [line[k] * to.scale + to.dx, line[k + 1] * to.scale + to.dy];
  if (route.cut & 1) drawArrow(to, at(0), at(2), 6);
  if (route.cut & 2) drawArrow(to, at(end - 2), at(end - 4), 6);
  pen.globalAlpha = 1;
}

export function drawSigns(view, to) {
  const radius = view.radius(),
    margin = 20;
  const chosen = state.chosen && state.chosen.kind === "project" ? state.chosen.id : -1;
  let last = null;
  const stamp = (sign, x, y) => {
    if (sign.text) drawBadge(to, sign, x, y);
    else
      stampSymbol(
        to,
        last && last[0] === sign ? { ...sign.look, chosen: true } : sign.look,
        x,
        y,
        sign.radius || radius,
      );
  };
  for (const signs of [view.marks, view.signs]) {
    for (const sign of signs) {
      if (sign.step !== undefined) sign.aside = spiral(sign.step, radius * 2.1);
      const x = sign.x * to.scale + to.dx + sign.aside[0],
        y = sign.y * to.scale + to.dy + sign.aside[1];
      if (x < -margin || y < -margin || x > to.wide + margin || y > to.high + margin) continue;
      if (chosen === sign.rk.id && sign.rk.kind === "project") last = [sign, x, y];
      else stamp(sign, x, y);
    }
  }
  if (last) stamp(...last);
}

function lookOf(i) {
  const P = tables.projects;
  const [shape, colour] = tables.symbols.kinds[P.domain[i] + "/" + P.kind[i]];
  return {
    name: shape,
    shape: tables.symbols.shapes[shape],
    colour: P.current[i] ? colour : sent.signs.colours.older,
    fill: tables.symbols.fills[P.stage[i]] || "unknown",
    faint: P.location_basis[i] === "county" || P.location_basis[i] === "city",
  };
}

export function projectLegend(view) {
  const P = tables.projects,
    counts = new Map();
  for (const i of view.rows || []) {
    if (P.at[i] || P.line[i]) push(counts, P.domain[i] + "/" + P.kind[i], i);
  }
  const kinds = [...counts].sort((a, b) => b[1].length - a[1].length);
  const texts = kinds.map(([key]) => label("kind", key.split("/")[1]));
  const row = ([key, rows], k) => {
    const look = { ...lookOf(rows[0]), fill: "solid", faint: false },
      [domain, kind] = key.split("/");
    // A word that stands for kinds of several domains carries its domain.
    const isShared = kind === "other" || texts.indexOf(texts[k]) !== texts.lastIndexOf(texts[k]);
    const text = isShared ? say("labelled", label("domain", domain), texts[k]) : texts[k];
    const lines = rows.filter((i) => P.line[i]).length;
    return h(
      "li",
      {},
      lines ? lineSwatch(look.colour) : null,
      lines < rows.length ? symbolSwatch(look) : null,
      h("span", {}, text),
      h("span", { class: "rk-n" }, String(rows.length)),
    );
  };
  const sample = (fill, faint) =>
    symbolSwatch({ shape: CIRCLE, colour: sent.signs.colours.sample, fill, faint });
  return [
    h("h3", {}, words.symbols),
    h("ul", { class: "rk-legend rk-kinds" }, kinds.map(row)),
    h(
      "ul",
      { class: "rk-legend" },
      Object.keys(sent.signs.strokes).map((f) =>
        h("li", {}, lineSwatch(sent.signs.colours.sample, f), sample(f), h("span", {}, words[f])),
      ),
      h("li", {}, sample("solid", true), h("span", {}, words.dashed)),
    ),
    h("p", { class: "rk-note" }, words.schematic),
  ];
}

export function projectTable() {
  const P = tables.projects;
  return {
    id: "projects",
    title: words.projects,
    head: [
      words.name,
      words.domain,
      words.kind,
      words.stage,
      words.period,
      words.capacity,
      words.touches,
      words.located,
      words.source,
      words.note,
    ],
    rows: filterProjects().map((i) => [
      P.name[i],
      label("domain", P.domain[i]),
      label("kind", P.kind[i]),
      P.stage[i] ? label("stage", P.stage[i]) : "",
      [...new Set([P.start_year[i], P.end_year[i]].filter(Boolean))].join("–"),
      P.capacity_value[i] === null ? "" : formatQuantity(P.capacity_value[i], P.capacity_unit[i]),
      P.codes[i].map(unitName).join("、"),
      label("location_basis", P.location_basis[i]),
      citationText(P, i),
      P.note[i] || "",
    ]),
    open: filterProjects().map((i) => () => commands.select("project", i, { zoom: true, focus: true })),
  };
}

function projectLink(i) {
  const P = tables.projects;
  const [, colour] = tables.symbols.kinds[P.domain[i] + "/" + P.kind[i]];
  const dot = h("i", { class: "rk-dot", "aria-hidden": "true" });
  dot.style.background = colour;
  return [dot, link(P.name[i], "project", i), h("small", {}, " " + label("kind", P.kind[i]))];
}

export function projectSections(rows) {
  const P = tables.projects,
    stages = new Map();
  for (const i of rows) push(stages, P.stage[i] || "", i);
  const order = [...Object.keys(tables.labels.stage), ""];
  const found = order.filter((stage) => stages.has(stage));
  return section(
    words.byStage,
    rows.length,
    found.map((stage) =>
      h(
        "details",
        { open: rows.length < 25 },
        h("summary", {}, (stage ? label("stage", stage) : words.noStage) + " " + stages.get(stage).length),
        listOf(stages.get(stage), (i) => [projectLink(i), citation(P, i)]),
      ),
    ),
  );
}

export function projectPanel(i) {
  const P = tables.projects;
  const years = [P.start_year[i], P.end_year[i]].filter(Boolean);
  const fact = (name, value) => value && h("p", {}, h("span", { class: "rk-key" }, name + " "), value);
  const position = P.line[i]
    ? words.schematic
    : P.at[i]
      ? label("location_basis", P.location_basis[i])
      : words.nowhere;
  const faint = lookOf(i).faint && P.at[i];
  return [
    h("p", {}, [label("domain", P.domain[i]), label("kind", P.kind[i])].filter(Boolean).join(" · ")),
    filterProjects().includes(i) ? null : h("p", { class: "rk-note" }, words.filteredOut),
    fact(words.stage, h("b", {}, P.stage[i] ? label("stage", P.stage[i]) : words.noStage)),
    fact(words.period, years.length ? [...new Set(years)].join("–") : null),
    fact(
      words.capacity,
      P.capacity_value[i] === null
        ? null
        : h("b", {}, formatQuantity(P.capacity_value[i], P.capacity_unit[i])),
    ),
    h("p", {}, citation(P, i)),
    fact(words.touches, P.codes[i].length ? h("span", {}, joined(P.codes[i].map(unitLink))) : null),
    fact(
      words.located,
      h(
        "span",
        {},
        position,
        faint ? h("small", { class: "rk-note" }, words.unsited) : null,
        P.location_source[i] ? h("small", { class: "rk-note" }, P.location_source[i]) : null,
      ),
    ),
    P.zones[i].size
      ? fact(
          words.zone,
          h(
            "span",
            {},
            joined([...P.zones[i]].map((z) => link(tables.zones.short[z], "zone", tables.zones.id[z]))),
          ),
        )
      : null,
    P.note[i] && h("p", { class: "rk-note" }, words.note + "：" + P.note[i]),
    section(
      words.history,
      P.mentions[i].length,
      h(
        "ol",
        { class: "rk-history" },
        P.mentions[i]
          .slice()
          .sort(byDate)
          .map((row) => mentionLine(row)),
      ),
    ),
    section(words.targets, 0, targetSection(words.ownTargets, targetRows(new Set(["project:" + i])), true)),
  ];
}

function byDate(a, b) {
  const M = tables.mentions;
  const date = (row) => tables.sources.issued_on[tables.sourceRow.get(M.source_id[row])] || "9999";
  const year = (row) => M.year[row] || Number(date(row).slice(0, 4));
  return year(b) - year(a) || date(b).localeCompare(date(a));
}

function mentionLine(row) {
  const M = tables.mentions;
  return h(
    "li",
    {},
    h(
      "b",
      {},
      String(
        M.year[row] || (tables.sources.issued_on[tables.sourceRow.get(M.source_id[row])] || "").slice(0, 4),
      ),
    ),
    " ",
    M.stage[row] ? label("stage", M.stage[row]) : words.noStage,
    M.said[row] ? "（“" + M.said[row] + "”）" : "",
    M.named_as[row] ? h("div", {}, M.named_as[row]) : null,
    M.match[row]
      ? h(
          "small",
          { class: "rk-doubt" },
          " " + (M.match[row] === "doubtful" ? words.doubtful : label("match", M.match[row])),
        )
      : null,
    cite(M.source_id[row], M.locator[row], "stated"),
    M.note[row] && h("small", { class: "rk-note" }, M.note[row]),
  );
}

/** The colour of a project's kind, in a list; what the current plan does not name is grey. */
export function projectColour(i) {
  const P = tables.projects;
  return P.current[i] ? tables.symbols.kinds[P.domain[i] + "/" + P.kind[i]][1] : sent.signs.colours.older;
}
