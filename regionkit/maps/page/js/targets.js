// Targets in the panel.

import { h } from "./dom.js";
import { citation, label } from "./facts.js";
import { listOf } from "./lists.js";
import { state, tables, words } from "./state.js";

function targetLine(row) {
  const G = tables.targets;
  const extra = [label("nature", G.nature[row]), G.baseline[row] && words.baseline + " " + G.baseline[row]]
    .filter(Boolean)
    .join("，");
  return [
    h("span", {}, G.indicator[row] + " "),
    h("b", {}, G.words[row]),
    " " + (G.target_year[row] || ""),
    extra ? h("small", {}, "（" + extra + "）") : null,
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
