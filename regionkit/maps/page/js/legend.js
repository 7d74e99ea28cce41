// The legend of a map.

import { circleRadius, swatch } from "./areas.js";
import { badgeLegend } from "./badges.js";
import { h, svgElement } from "./dom.js";
import { formatNumber, say, strategicZones } from "./facts.js";
import { link } from "./lists.js";
import { markLegend } from "./marks.js";
import { projectLegend } from "./projects.js";
import { commands, page, sent, state, tables, views, words } from "./state.js";
import { groupingLegend, isFilled, overlapRows, overlapSwatch, zoneSwatch } from "./zones.js";

export function legendOf(view) {
  const layer = view.layer;
  const items = [];
  if (layer) {
    const asked = view.side === "right" ? state.rightFilter.year || state.filter.year : state.filter.year;
    items.push(h("h3", {}, layer.title, layer.unit ? h("small", {}, "（" + layer.unit + "）") : null));
    if (asked && layer.year && asked !== layer.year)
      items.push(h("p", { class: "rk-note" }, say("yearNone", layer.year)));
    if (layer.ramp) {
      const bar = h("div", {
        class: "rk-ramp",
        role: "img",
        "aria-label": layer.ramp.low + " – " + layer.ramp.high,
      });
      bar.style.background = "linear-gradient(90deg," + layer.ramp.colours.join() + ")";
      items.push(
        bar,
        h(
          "div",
          { class: "rk-ramp-ends" },
          h("span", {}, formatNumber(layer.ramp.low)),
          h("span", {}, formatNumber(layer.ramp.high)),
        ),
      );
    }
    if (layer.circles) items.push(circleLegend(layer));
    const rows = layer.circles ? [] : layer.ramp ? layer.entries.filter((e) => e[4]) : layer.entries;
    items.push(
      h(
        "ul",
        { class: "rk-legend" },
        rows.map((e) => classRow(view, layer, e, Math.max(...rows.map((one) => one[2]), 1))),
      ),
    );
    // Of one map alone the panel says where it is from.
    if (views.length > 1 || state.chosen) {
      if (layer.source) items.push(h("p", { class: "rk-cite" }, words.source + "：" + layer.source));
      if (layer.note) items.push(h("p", { class: "rk-note" }, layer.note));
    }
  }
  items.push(...markLegend());
  if (strategicZones().length && state.overlays.has("zones") && view === views[0])
    items.push(zoneLegend(view));
  if (page.facts && tables.zoneRow.has(state.grouping) && view === views[0]) items.push(...groupingLegend());
  if (page.facts && Object.keys(sent.signs.badges).some((name) => state.overlays.has(name)))
    items.push(badgeLegend());
  if (page.facts && state.overlays.has("projects")) items.push(...projectLegend(view));
  return items;
}

// What cannot be named on the map: stripes and dashes; zones themselves only where no name is seen.
function zoneLegend(view) {
  const zones = strategicZones(),
    shared = overlapRows().length,
    named = isFilled(view);
  return h(
    "ul",
    { class: "rk-legend rk-zones" },
    named
      ? null
      : zones.map((z) =>
          h(
            "li",
            {},
            zoneSwatch(z),
            link(tables.zones.short[z], "zone", tables.zones.id[z]),
            h("span", { class: "rk-n" }, String(tables.zones.counties[z].length)),
          ),
        ),
    named && shared
      ? h(
          "li",
          {},
          overlapSwatch(),
          h(
            "button",
            { class: "rk-link", onclick: () => commands.select("overlap", "") },
            say("overlapLegend", shared),
          ),
        )
      : null,
    zones.some((z) => tables.zones.inferred[z].length)
      ? h(
          "li",
          {},
          h("i", { class: "rk-swatch rk-dashes", "aria-hidden": "true" }),
          h("span", {}, words.dashedZone),
        )
      : null,
  );
}

// A class: pointed at it shows its units, clicked it hides or keeps them; its bar tells how many.
function classRow(view, layer, entry, most) {
  const code = layer.entries.indexOf(entry),
    isHidden = view.hidden.has(layer.id + ":" + code);
  const bar = h("i", { class: "rk-count-bar", "aria-hidden": "true" });
  bar.style.width = Math.max(1, (40 * entry[2]) / most) + "px";
  bar.style.background = entry[1];
  const light = (lit) => {
    view.lit = lit;
    view.draw();
  };
  return h(
    "li",
    { class: isHidden ? "rk-off" : "", onmouseenter: () => light(code), onmouseleave: () => light(null) },
    h(
      "button",
      {
        class: "rk-class",
        "aria-pressed": String(!isHidden),
        onclick: () => {
          const key = layer.id + ":" + code;
          if (!view.hidden.delete(key)) view.hidden.add(key);
          view.lit = null;
          commands.refresh("legend");
        },
      },
      swatch(entry[1], entry[3]),
      h("span", {}, entry[0]),
    ),
    bar,
    h("span", { class: "rk-n" }, String(entry[2])),
  );
}

// Circles of round values, for a layer of counts.
function circleLegend(layer) {
  return h(
    "ul",
    { class: "rk-legend" },
    layer.circles.samples.map(([value, text]) => {
      const radius = circleRadius(layer, value),
        size = Math.ceil(2 * radius + 2);
      const picture = svgElement("svg", { width: size, height: size, "aria-hidden": "true" });
      picture.append(
        svgElement("circle", { cx: size / 2, cy: size / 2, r: radius, fill: sent.signs.colours.circle }),
      );
      return h("li", {}, picture, h("span", {}, text));
    }),
  );
}
