// Targets in the panel.

import { h } from "./dom.js";
import { citation, label, say, unitName } from "./facts.js";
import { listOf } from "./lists.js";
import { commands, state, tables, words } from "./state.js";

export function targetLine(row) {
  const G = tables.targets;
  const extra = [label("nature", G.nature[row]), G.baseline[row] && words.baseline + " " + G.baseline[row]]
    .filter(Boolean)
    .join("，");
  return [
    h("span", {}, G.indicator[row] + " "),
    h("b", {}, G.words[row]),
    " " + (G.target_year[row] || ""),
    extra ? h("small", {}, "（" + extra + "）") : null,
    G.state[row]
      ? h("span", { class: "rk-state" }, targetMark(row), G.gap[row] ? h("b", {}, " " + G.gap[row]) : null)
      : null,
    citation(G, row),
    G.note[row] && h("small", { class: "rk-note" }, G.note[row]),
  ];
}

export function targetRows(scopes) {
  const G = tables.targets;
  const rows = [];
  for (let row = 0; row < G.size; row++) {
    if (scopes.has(G.scope_kind[row] + ":" + G.scope_id[row])) rows.push(row);
  }
  const year = state.filter.year;
  return rows
    .filter((row) => !year || G.target_year[row] === year)
    .sort((a, b) => (G.target_year[b] || 0) - (G.target_year[a] || 0));
}

export function targetSection(title, rows, open) {
  if (!rows.length) return null;
  return h("details", { open }, h("summary", {}, title + " " + rows.length), listOf(rows, targetLine));
}

/** The years of targets, each a table of those of that year, to be copied or saved. */
export function targetYears(rows) {
  const G = tables.targets,
    counts = new Map();
  for (const row of rows)
    if (G.target_year[row]) counts.set(G.target_year[row], (counts.get(G.target_year[row]) || 0) + 1);
  if (!counts.size) return null;
  return h(
    "p",
    { class: "rk-noprint rk-target-years" },
    [...counts]
      .sort((a, b) => a[0] - b[0])
      .map(([year, n]) => [
        h(
          "button",
          {
            class: "rk-link",
            onclick: () => commands.table("targets", '"' + scopeName(rows[0]) + '" "' + year + '"'),
          },
          say("targetsOf", year, n),
        ),
        " ",
      ]),
  );
}

/** Mark and word of a target's state; its colour is for bars, the word tells. */
function targetMark(row) {
  const [mark, ...said] = tables.targets.state[row].split(" "),
    dot = h("i", { "aria-hidden": "true" }, mark);
  dot.style.color = tables.targets.state_colour[row];
  return [dot, " " + said.join(" ")];
}

/** Whose a target is. */
export function scopeName(row) {
  const kind = tables.targets.scope_kind[row],
    id = tables.targets.scope_id[row];
  if (kind === "zone") return tables.zoneRow.has(id) ? tables.zones.name[tables.zoneRow.get(id)] : id;
  if (kind === "cluster") return tables.clusters.name[tables.clusters.cluster_id.indexOf(id)] || id;
  if (kind === "place") return tables.places.name[tables.places.id.indexOf(id)] || id;
  if (kind === "project") return tables.projects.name[Number(id)] || id;
  return unitName(id);
}
