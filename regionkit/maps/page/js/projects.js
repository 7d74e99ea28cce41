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
import { lineSwatch, stampSymbol, strokeOf, symbolSwatch } from "./symbols.js";
import { targetRows, targetSection } from "./targets.js";

export function findProjects(view) {
  view.rows = filterProjects(view.side);
  view.signs = [];
  view.routes = [...view.markLines];
  const P = tables.projects,
    crowd = new Map(),
    seats = new Map();
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
        colour: look.line,
        dash: stroke.dashes,
        width: sent.signs.routes.map * stroke.width,
        core: stroke.core,
        cut: P.cut[i] || 0,
        rk,
      });
    } else if (P.at[i] && isRough(i) && i !== chosen) push(seats, P.at[i].join(), i);
    else if (P.at[i]) {
      // Places that several share are laid out in a spiral.
      const key = P.at[i].join(),
        number = crowd.get(key) || 0;
      crowd.set(key, number + 1);
      view.signs.push({ ...worldPoint(P.at[i]), step: number, look: lookOf(i), rk, aside: [0, 0] });
    }
  }
  for (const [key, rows] of seats) {
    const text = "+" + rows.length;
    view.signs.push({
      ...worldPoint(P.at[rows[0]]),
      aside: [0, 15],
      radius: 9,
      half: 7 + 4 * text.length,
      text,
      colour: sent.signs.colours.badge,
      rk: { kind: "badge", id: key },
    });
  }
  if (page.facts && state.overlays.has("clusters")) findBadges(view, clusterCounts(), "clusters");
  if (page.facts && state.overlays.has("tasks")) findBadges(view, taskCounts(), "tasks");
}

/** Whether only the city or county of a project is known. */
export function isRough(i) {
  const basis = tables.projects.location_basis[i];
  return basis === "county" || basis === "city";
}

/** Projects of which only the unit is known whose seat is at a place, as far as they are shown. */
export function roughAt(key) {
  const P = tables.projects;
  return filterProjects().filter((i) => P.at[i] && !P.line[i] && isRough(i) && P.at[i].join() === key);
}

export function drawRoute(to, route) {
  const { pen } = to,
    /** @type {Partial<import("./state.js").Chosen>} */
    rk = state.chosen || {};
  const chosen = rk.kind === route.rk.kind && rk.id === route.rk.id && rk.row === route.rk.row;
  const width = chosen ? sent.signs.routes.chosen : route.width;
  if (chosen) strokeLines(to, route.lines, sent.signs.colours.chosen, width + 5);
  strokeLines(to, route.lines, sent.signs.colours.halo, width + 2);
  pen.setLineDash(route.dash.map((length) => length * width));
  strokeLines(to, route.lines, route.colour, width);
  pen.setLineDash([]);
  if (route.core) strokeLines(to, route.lines, sent.signs.colours.face, width * route.core);
  const line = route.lines[0],
    end = line.length;
  /** @type {(k: number) => [number, number]} */
  const at = (k) => [line[k] * to.scale + to.dx, line[k + 1] * to.scale + to.dy];
  pen.strokeStyle = route.colour;
  if (route.cut & 1) drawArrow(to, at(0), at(2), 6);
  if (route.cut & 2) drawArrow(to, at(end - 2), at(end - 4), 6);
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

/** The family that a project is drawn as: of a map of one domain its own, else of all domains. */
function familyOf(i) {
  const P = tables.projects;
  const [whole, own] = tables.symbols.kinds[P.domain[i] + "/" + P.kind[i]];
  return state.filter.domain.size === 1 ? own : whole;
}

/** @returns {import("./symbols.js").Look} */
function lookOf(i) {
  const P = tables.projects,
    fill = tables.symbols.fills[P.stage[i]] || "unknown";
  const looks = P.current[i] ? tables.symbols.families[familyOf(i)][2] : tables.symbols.older;
  const [face, edge, line] = looks[fill];
  return { face, edge, line, fill };
}

/** The look of a sample in a legend. */
function sampleLook(looks, fill) {
  const [face, edge, line] = looks[fill];
  return { face, edge, line, fill };
}

/** The colour of a project's family; what the current plan does not name is grey. */
export function projectColour(i) {
  const P = tables.projects;
  return P.current[i] ? tables.symbols.families[familyOf(i)][1] : tables.symbols.older.solid[0];
}

export function projectLegend(view) {
  const P = tables.projects,
    families = new Map(),
    fills = new Map();
  let rough = 0,
    older = 0;
  for (const i of view.rows || []) {
    if (!P.at[i] && !P.line[i]) continue;
    if (!P.line[i] && isRough(i)) {
      rough += 1;
      continue;
    }
    if (P.current[i]) push(families, familyOf(i), i);
    else older += 1;
    push(fills, lookOf(i).fill, i);
  }
  const mark = (looks, rows, fill = "solid") => {
    const lines = rows.filter((i) => P.line[i]).length,
      look = sampleLook(looks, fill);
    return [lines ? lineSwatch(look.line, fill) : null, lines < rows.length ? symbolSwatch(look) : null];
  };
  const badge = h("i", { class: "rk-swatch rk-seat-badge", "aria-hidden": "true" }, "+n");
  badge.style.background = sent.signs.colours.badge;
  return [
    h(
      "ul",
      { class: "rk-legend rk-kinds" },
      Object.entries(tables.symbols.families)
        .filter(([family]) => families.has(family))
        .map(([family, [text, , looks]]) =>
          h(
            "li",
            {},
            mark(looks, families.get(family)),
            h("span", {}, text),
            h("span", { class: "rk-n" }, String(families.get(family).length)),
          ),
        ),
    ),
    h(
      "ul",
      { class: "rk-legend rk-stages" },
      Object.entries(tables.symbols.words)
        .filter(([fill]) => fills.has(fill))
        .map(([fill, text]) =>
          h("li", {}, mark(tables.symbols.sample, fills.get(fill), fill), h("span", {}, text)),
        ),
      rough ? h("li", {}, badge, h("span", {}, say("roughLegend", rough))) : null,
      older
        ? h(
            "li",
            {},
            symbolSwatch(sampleLook(tables.symbols.older, "solid")),
            h("span", {}, say("olderLegend", older)),
          )
        : null,
    ),
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
  const dot = h("i", { class: "rk-dot", "aria-hidden": "true" });
  dot.style.background = projectColour(i);
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
  const faint = isRough(i) && P.at[i];
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
