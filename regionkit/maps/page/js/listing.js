// A list of projects in the panel: every count opens one, and filters drive list, table and map.

import { h } from "./dom.js";
import { citation, countOlder, formatQuantity, label, say, stageGroup, unitName } from "./facts.js";
import { zoneOptions } from "./filters.js";
import { projectColour } from "./projects.js";
import { commands, sent, state, tables, words } from "./state.js";

const FIRST = 9;

/** Projects in the order of a list: by group of stages, then by domain. */
export function inOrder(rows) {
  const P = tables.projects,
    groups = Object.keys(tables.labels.group),
    domains = Object.keys(tables.labels.domain);
  const place = (i) =>
    (P.current[i] ? 0 : 1e6) + groups.indexOf(stageGroup(i)) * 1000 + domains.indexOf(P.domain[i]);
  return rows.slice().sort((a, b) => place(a) - place(b) || a - b);
}

/** What a list tells of a project beside its name: stage, places, capacity, years, source. */
function rowFacts(i) {
  const P = tables.projects,
    years = [...new Set([P.start_year[i], P.end_year[i]].filter(Boolean))];
  return [
    P.stage[i] ? label("stage", P.stage[i]) : words.noStage,
    P.codes[i].slice(0, 3).map(unitName).join("、") + (P.codes[i].length > 3 ? "…" : ""),
    P.capacity_value[i] === null ? "" : formatQuantity(P.capacity_value[i], P.capacity_unit[i]),
    years.join("–"),
    citation(P, i).querySelector("cite").textContent,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** How many projects stand at each group of stages, in words. */
export function groupCounts(rows) {
  const counts = new Map();
  for (const i of rows) counts.set(stageGroup(i), (counts.get(stageGroup(i)) || 0) + 1);
  return Object.keys(tables.labels.group)
    .filter((group) => counts.has(group))
    .map((group) => tables.labels.group[group] + " " + counts.get(group))
    .join("、");
}

function choose(name, options, all) {
  const value = name === "domain" ? [...state.filter.domain][0] || "" : state.filter[name];
  return h(
    "select",
    {
      "aria-label": words[name],
      onchange: (event) => {
        if (name === "domain") state.filter.domain = new Set(event.target.value ? [event.target.value] : []);
        else state.filter[name] = event.target.value;
        state.listed = 0;
        commands.refresh("filter");
      },
    },
    h("option", { value: "", selected: !value }, all),
    options.map(([id, text]) => h("option", { value: id, selected: id === value }, text)),
  );
}

/**
 * @param {number[]} rows
 * @param {{zones?: boolean, domains?: boolean, title?: string}} [options]
 */
export function projectListing(rows, { zones, domains, title } = {}) {
  const P = tables.projects,
    ordered = inOrder(rows),
    older = rows.filter((i) => !P.current[i]).length,
    hidden = countOlder(),
    shown = Math.min(ordered.length, state.listed || FIRST);
  const picks = [
    domains || state.filter.domain.size !== 1
      ? choose("domain", Object.entries(tables.labels.domain), words.domain)
      : null,
    zones ? choose("zone", zoneOptions(), words.zone) : null,
    choose(
      "stage",
      [...Object.entries(tables.labels.group), ...Object.entries(tables.labels.stage)],
      words.stage,
    ),
  ].filter(Boolean);
  return [
    h(
      "p",
      { class: "rk-subject" },
      h("b", {}, (title ? title + "：" : "") + say("nProjects", rows.length)),
      older ? h("small", {}, " " + say("nOlder", older)) : sent.plan ? h("small", {}, " " + sent.plan) : null,
    ),
    h("div", { class: "rk-picks rk-noprint" }, picks),
    rows.length ? h("p", { class: "rk-note" }, words.ordered + groupCounts(rows)) : null,
    h(
      "ul",
      { class: "rk-list rk-rows" },
      ordered.slice(0, shown).map((i) => {
        const dot = h("i", { class: "rk-dot", "aria-hidden": "true" });
        dot.style.background = projectColour(i);
        return h(
          "li",
          {},
          dot,
          h(
            "button",
            {
              class: "rk-link" + (P.current[i] ? "" : " rk-old"),
              onclick: () => commands.select("project", i, { zoom: true }),
            },
            P.name[i],
          ),
          state.filter.domain.size === 1 ? null : h("span", { class: "rk-n" }, label("domain", P.domain[i])),
          h("small", { class: "rk-row-facts" }, rowFacts(i)),
        );
      }),
    ),
    h(
      "p",
      { class: "rk-note" },
      shown ? say("shownOf", shown, rows.length) + " " : words.noRows + " ",
      shown < rows.length
        ? h(
            "button",
            {
              class: "rk-link",
              onclick: () => {
                state.listed = shown + 20;
                commands.panel();
              },
            },
            say("moreOf", Math.min(20, rows.length - shown)),
          )
        : null,
      " ",
      rows.length
        ? h(
            "button",
            { class: "rk-link", onclick: () => commands.table("projects") },
            say("asTable", rows.length),
          )
        : null,
    ),
    hidden
      ? h(
          "p",
          { class: "rk-note" },
          say("olderHidden", hidden) + " ",
          h(
            "button",
            {
              class: "rk-link",
              onclick: () => {
                state.filter.older = "1";
                commands.refresh("filter");
              },
            },
            words.showOlder,
          ),
        )
      : state.filter.older
        ? h(
            "p",
            { class: "rk-note" },
            h(
              "button",
              {
                class: "rk-link",
                onclick: () => {
                  state.filter.older = "";
                  commands.refresh("filter");
                },
              },
              words.hideOlder,
            ),
          )
        : null,
  ];
}
