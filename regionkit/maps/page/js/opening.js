// The panel while nothing is chosen: the message of the view, then its zones, projects or classes.

import { swatch, valueRows } from "./areas.js";
import { h } from "./dom.js";
import { filterProjects, formatNumber, say, strategicZones } from "./facts.js";
import { projectListing } from "./listing.js";
import { presetOf } from "./presets.js";
import { commands, layers, page, sent, state, tables, words } from "./state.js";
import { overlapRows, zoneSwatch } from "./zones.js";

/** What the panel says of a view, as its title and what follows. */
export function viewPanel(view) {
  const preset = presetOf(state.view);
  const layer = view.layer;
  const body = preset ? preset.body : layer ? "layer" : state.overlays.has("projects") ? "projects" : "zones";
  const message = preset ? preset.message : layer ? layer.message : "";
  const note = preset ? preset.note : "";
  return [
    h("h2", { class: "rk-message", id: "rk-panel-title", tabindex: "-1" }, message || viewTitle(view)),
    body === "layer" && layer ? layerList(layer) : null,
    body === "zones" && page.facts ? zoneCards(note) : null,
    body === "projects" && page.facts ? projectListing(filterProjects(), { zones: true }) : null,
    page.facts
      ? h(
          "p",
          { class: "rk-further" },
          h("button", { class: "rk-link", onclick: () => commands.drawer(true) }, words.further),
        )
      : h("p", { class: "rk-note" }, words.loading),
  ];
}

export function viewTitle(view) {
  if (view.layer) return view.layer.title;
  return sent.title;
}

/** A card a zone: what it is made of, how many projects; a chosen one opens its list. */
function zoneCards(note) {
  const Z = tables.zones,
    P = tables.projects;
  const zones = strategicZones();
  if (!zones.length) return projectListing(filterProjects(), {});
  const counts = zones.map((z) => {
    let n = 0;
    for (let i = 0; i < P.size; i++) if (P.current[i] && P.zones[i].has(z)) n += 1;
    return n;
  });
  const cards = zones.map((z, k) => {
    const isOpen = state.filter.zone === Z.id[z];
    return h(
      "li",
      {},
      h(
        "button",
        {
          class: "rk-card",
          "aria-expanded": String(isOpen),
          onclick: () => {
            state.filter.zone = isOpen ? "" : Z.id[z];
            state.listed = 0;
            commands.refresh("filter");
          },
        },
        zoneSwatch(z),
        h(
          "span",
          { class: "rk-card-text" },
          h("b", {}, Z.short[z]),
          Z.doubt[z] ? h("small", { class: "rk-doubtful" }, " " + Z.doubt[z]) : null,
          h("span", { class: "rk-card-facts" }, Z.card[z] + " · " + say("nProjects", counts[k])),
        ),
      ),
    );
  });
  const chosen = state.filter.zone ? tables.zoneRow.get(state.filter.zone) : undefined;
  const shared = overlapRows();
  return [
    h("ul", { class: "rk-cards" }, cards),
    note ? h("p", { class: "rk-note" }, note) : null,
    shared.length
      ? h(
          "p",
          {},
          h(
            "button",
            { class: "rk-link", onclick: () => commands.select("overlap", "") },
            say("overlapList", shared.length),
          ),
        )
      : null,
    chosen === undefined
      ? null
      : [
          h(
            "h3",
            {},
            h(
              "button",
              { class: "rk-link", onclick: () => commands.select("zone", Z.id[chosen], { zoom: true }) },
              Z.name[chosen],
            ),
          ),
          projectListing(filterProjects(), { domains: true }),
        ],
  ];
}

/** Units of a layer by value, the largest first, each with a bar in its class's colour. */
function layerList(layer) {
  const rows = valueRows(layer);
  const most = Math.max(...rows.map((row) => Math.abs(row.number || 0)), 1e-9);
  const isNumber = rows.some((row) => typeof row.number === "number");
  return [
    h("p", { class: "rk-subject" }, layer.title + (layer.unit ? "（" + layer.unit + "）" : "")),
    isNumber
      ? h(
          "ol",
          { class: "rk-bars" },
          rows.slice(0, state.listed || 15).map((row) => {
            const bar = h("i", { "aria-hidden": "true" });
            bar.style.width = Math.max(1, (100 * Math.abs(row.number)) / most) + "%";
            bar.style.background = row.colour;
            return h(
              "li",
              {},
              h("button", { class: "rk-link", onclick: row.open }, row.name),
              h("span", { class: "rk-bar-track" }, bar),
              h("b", {}, row.text),
            );
          }),
        )
      : h(
          "ul",
          { class: "rk-list rk-rows" },
          rows
            .slice(0, state.listed || 15)
            .map((row) =>
              h(
                "li",
                {},
                swatch(row.colour, ""),
                h("button", { class: "rk-link", onclick: row.open }, row.name),
                h("span", { class: "rk-n" }, row.text),
              ),
            ),
        ),
    moreRows(rows.length, 15),
    h(
      "p",
      {},
      h("button", { class: "rk-link", onclick: () => commands.table(layer.id) }, say("asTable", rows.length)),
    ),
    layer.source ? h("p", { class: "rk-cite" }, words.source + "：" + layer.source) : null,
    layer.note ? h("p", { class: "rk-note" }, layer.note) : null,
  ];
}

/** How many of a list are shown, and a button for more. */
export function moreRows(total, first) {
  const shown = Math.min(total, state.listed || first);
  return h(
    "p",
    { class: "rk-note" },
    say("shownOf", shown, formatNumber(total)),
    shown < total
      ? h(
          "button",
          {
            class: "rk-link",
            onclick: () => {
              state.listed = shown + 20;
              commands.panel();
            },
          },
          say("moreOf", Math.min(20, total - shown)),
        )
      : null,
  );
}

/** Layers of the page by id, for those who ask whether there is one. */
export function hasLayer(id) {
  return layers.some((layer) => layer.id === id);
}
