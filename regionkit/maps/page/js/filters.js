// The side: themes, overlays and filters.

import { fill, h } from "./dom.js";
import { label, planYears, rowsWhere, sayYear, seriesOf, strategicZones } from "./facts.js";
import { markOf } from "./marks.js";
import { commands, layers, noFilter, page, sent, state, tables, words } from "./state.js";
import { overlapPairs } from "./zones.js";

export function option(value, text, chosen) {
  return h("option", { value, selected: value === chosen }, text);
}

export function buildSide() {
  page.themes = h(
    "fieldset",
    { class: "rk-themes" },
    h("legend", {}, words.layers),
    [null, ...layers.filter((layer) => layer.main)].map((layer) => {
      const id = layer ? layer.id : "",
        mine = layer ? seriesOf(layer) : [];
      const years = [...new Set(mine.map((one) => one.year))].filter(Boolean).sort();
      const input = h("input", {
        type: "radio",
        name: "rk-theme",
        value: id,
        checked: layer ? mine.some((one) => one.id === state.layer) : !state.layer,
        onchange: () => {
          state.layer = id || null;
          commands.refresh("layer");
        },
      });
      return h(
        "label",
        {},
        input,
        h(
          "span",
          {},
          layer ? layer.name || layer.title : words.noLayer,
          layer && layer.name && years.length ? h("small", {}, " " + years.join("/")) : null,
        ),
      );
    }),
  );
  const overlay = (id, text) =>
    h(
      "label",
      {},
      h("input", {
        type: "checkbox",
        value: id,
        checked: state.overlays.has(id),
        onchange: (event) => {
          event.target.checked ? state.overlays.add(id) : state.overlays.delete(id);
          commands.refresh("overlays");
        },
      }),
      text,
    );
  const kinds = page.facts
    ? Object.keys(tables.labels.zone_kind).filter((kind) => kind !== sent.zone_kind)
    : [];
  const groupings =
    page.facts && sent.region
      ? h(
          "label",
          { class: "rk-block" },
          words.grouping,
          h(
            "select",
            {
              onchange: (e) => {
                state.grouping = e.target.value;
                commands.refresh("overlays");
              },
            },
            option("", words.none, state.grouping),
            kinds.map((kind) => {
              const rows = rowsWhere(tables.zones.kind, (k) => k === kind);
              return rows.length
                ? h(
                    "optgroup",
                    { label: label("zone_kind", kind) },
                    rows.map((z) =>
                      option(
                        tables.zones.id[z],
                        tables.zones.name[z] + (tables.zones.counties[z].length ? "" : words.arealess),
                        state.grouping,
                      ),
                    ),
                  )
                : null;
            }),
          ),
        )
      : null;
  const overlays = !knownOverlays().length
    ? null
    : h(
        "fieldset",
        {},
        h("legend", {}, words.overlays),
        knownOverlays().map((id) => overlay(id, words[id] || markOf(id).title)),
        groupings,
      );
  const close = h(
    "button",
    { class: "rk-close", "aria-label": words.close, onclick: () => commands.drawer(false) },
    "×",
  );
  fill(
    page.side,
    close,
    page.themes,
    overlays,
    !sent.region ? null : page.facts ? buildFilters() : page.count,
  );
}

export function pick(name, options, target = state.filter) {
  return h(
    "label",
    { class: "rk-block" },
    words[name],
    h(
      "select",
      {
        "data-filter": name,
        onchange: (event) => {
          target[name] = name === "year" ? Number(event.target.value) : event.target.value;
          commands.refresh("filter");
        },
      },
      option("", words.all, target[name] || ""),
      options.map(([value, text]) => option(value, text, target[name])),
    ),
  );
}

export function documentOptions() {
  const used = new Set(tables.projects.documents.flatMap((set) => [...set]));
  return tables.sources.id.flatMap((id, row) => (used.has(id) ? [[id, tables.sources.name[row]]] : []));
}

function buildFilters() {
  const used = new Map();
  tables.projects.domain.forEach((d, i) => {
    if (tables.projects.current[i] || state.filter.older) used.set(d, (used.get(d) || 0) + 1);
    else if (!used.has(d)) used.set(d, 0);
  });
  const domains = h(
    "div",
    { class: "rk-domains", role: "group", "aria-label": words.domain },
    Object.keys(tables.labels.domain)
      .filter((d) => used.has(d))
      .map((d) =>
        h(
          "label",
          {},
          h("input", {
            type: "checkbox",
            value: d,
            "data-filter": "domain",
            checked: state.filter.domain.has(d),
            onchange: (event) => {
              event.target.checked ? state.filter.domain.add(d) : state.filter.domain.delete(d);
              commands.refresh("filter");
            },
          }),
          label("domain", d),
          h("small", {}, String(used.get(d))),
        ),
      ),
  );
  let years = planYears();
  const yearText = h("output", {}, state.filter.year || words.allYears),
    changes = h("p", { class: "rk-note rk-year-says", role: "status" }, sayYear(state.filter.year));
  const slider = h("input", {
    type: "range",
    min: "0",
    max: String(years.length),
    step: "1",
    "data-filter": "year",
    value: String(years.indexOf(state.filter.year) + 1),
    "aria-label": words.year,
    "aria-valuetext": String(state.filter.year || words.allYears),
    oninput: () => {
      state.filter.year = Number(slider.value) ? years[slider.value - 1] : 0;
      yearText.textContent = state.filter.year || words.allYears;
      commands.refresh("year");
    },
  });
  // Another theme or filter has other years; the slider keeps its place among them.
  page.setYears = () => {
    years = planYears();
    slider.max = String(years.length);
    slider.value = String(years.indexOf(state.filter.year) + 1);
    changes.textContent = sayYear(state.filter.year);
    slider.setAttribute("aria-valuetext", yearText.textContent + "：" + changes.textContent);
  };
  return h(
    "fieldset",
    {},
    h("legend", {}, words.filters),
    page.count,
    h("div", { class: "rk-block" }, words.domain + words.noneIsAll, domains),
    pick("zone", zoneOptions()),
    pick("stage", [...Object.entries(tables.labels.stage), ["-", words.noStage]]),
    pick(
      "sector",
      tables.sectors.id.map((id, row) => [id, tables.sectors.name[row]]),
    ),
    pick("document", documentOptions()),
    h("label", { class: "rk-block rk-year" }, words.year, slider, yearText),
    changes,
    h(
      "button",
      {
        onclick: () => {
          state.filter = noFilter();
          buildSide();
          commands.refresh("filter");
        },
      },
      words.clear,
    ),
  );
}

export function knownOverlays() {
  return [
    ...(sent.region ? ["zones", "counties", "cities", "projects", "clusters", "tasks"] : []),
    ...sent.marks.map((own) => own.id),
  ];
}

/** Zones, then those that overlap as pairs. */
export function zoneOptions() {
  const { id, short } = tables.zones;
  return [
    ...strategicZones().map((z) => [id[z], short[z]]),
    ...overlapPairs().map(([zones]) => [
      zones.map((z) => id[z]).join("+"),
      zones.map((z) => short[z]).join(" + "),
    ]),
  ];
}
