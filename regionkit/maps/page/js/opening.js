// The panel while nothing is chosen: the message of the view, then its zones, projects or classes.

import { swatch, valueRows } from "./areas.js";
import { h } from "./dom.js";
import { filterProjects, formatNumber, rowsWhere, say, strategicZones } from "./facts.js";
import { projectListing } from "./listing.js";
import { presetOf } from "./presets.js";
import { commands, page, sent, state, tables, words } from "./state.js";
import { scopeName, targetLine } from "./targets.js";
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
    body === "layer" && layer && page.facts ? [layer.goal ? gapList(layer, note) : layerList(layer)] : null,
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

/** Units against a target: bar, the target as a tick, value and gap; those that fall short first. */
function gapList(layer, note) {
  const { limit, values, gaps, isShort, whole } = layer.goal,
    table = valueRows(layer),
    byName = new Map(table.map((row) => [row.place, row]));
  const places = values.map((_, k) => k).filter((k) => values[k] !== null && byName.has(k));
  const most = Math.max(limit, ...places.map((k) => values[k])) * 1.04;
  places.sort((a, b) => isShort[b] - isShort[a] || Math.abs(values[b] - limit) - Math.abs(values[a] - limit));
  const share = (value) => (100 * value) / most + "%";
  const gapRow = (name, colour, value, gap, isBehind) => {
    const bar = h("i", { "aria-hidden": "true" }),
      rest = h("i", { class: "rk-rest", "aria-hidden": "true" }),
      tick = h("i", { class: "rk-tick", "aria-hidden": "true" });
    bar.style.width = share(value);
    if (isBehind) {
      rest.style.left = share(Math.min(value, limit));
      rest.style.width = share(Math.abs(limit - value));
      rest.style.background = colour;
    }
    tick.style.left = share(limit);
    return h(
      "li",
      {},
      name,
      h("span", { class: "rk-bar-track" }, bar, isBehind && colour ? rest : null, tick),
      h("span", { class: "rk-value" }, formatNumber(value)),
      h("b", { class: isBehind ? "rk-short" : "rk-there" }, gap),
    );
  };
  const judged = tables.targets ? judgedTargets() : [];
  return [
    note ? h("p", { class: "rk-note" }, note) : null,
    h("p", { class: "rk-subject" }, h("b", {}, layer.title)),
    h(
      "ol",
      { class: "rk-bars rk-gaps" },
      whole.length ? gapRow(h("span", { class: "rk-whole" }, whole[0]), "", ...whole.slice(1)) : null,
      places.map((k) => {
        const row = byName.get(k),
          name = h("button", { class: "rk-link", onclick: row.open }, row.name);
        return gapRow(name, row.colour, values[k], gaps[k], isShort[k]);
      }),
    ),
    h("p", { class: "rk-note" }, say("gapKey", formatNumber(limit) + layer.goal.unit)),
    judged.length
      ? [
          h("h3", {}, say("judgedTargets", judged.length)),
          h(
            "ul",
            { class: "rk-list" },
            judged.map((row) => h("li", {}, h("b", {}, scopeName(row)), " ", targetLine(row))),
          ),
        ]
      : null,
    layer.source ? h("p", { class: "rk-cite" }, words.source + "：" + layer.source) : null,
  ];
}

/** Rows of targets of which it can be said how far they have come. */
function judgedTargets() {
  return rowsWhere(tables.targets.state, (state) => state !== null);
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
