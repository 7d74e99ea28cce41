// A kind of layer: round badges that count clusters and tasks.

import { h } from "./dom.js";
import { cityOf, unitKind } from "./facts.js";
import { worldPoint } from "./plane.js";
import { sent, state, tables, units, words } from "./state.js";

export function findBadges(view, counts, what) {
  const { colour, dx } = sent.signs.badges[what];
  for (const [code, count] of counts) {
    const row = units.cityRow.get(code),
      county = units.countyRow.get(code);
    const at =
      row !== undefined ? units.cities.at[row] : county !== undefined ? units.counties.at[county] : null;
    // Below the name of a city; a county has none beside it.
    const aside = row === undefined ? [0, -9] : [dx, 24];
    if (at)
      view.signs.push({
        ...worldPoint(at),
        aside,
        radius: 9 + Math.min(6, count / 8),
        text: String(count),
        colour,
        rk: { kind: unitKind(code), id: code, what, count },
      });
  }
}

export function clusterCounts() {
  const found = new Map();
  tables.cluster_places.adcode.forEach((code, row) => {
    const city = units.cityRow.has(code) ? code : cityOf(code);
    if (city) {
      if (!found.has(city)) found.set(city, new Set());
      found.get(city).add(tables.cluster_places.cluster_id[row]);
    }
  });
  return [...found].map(([code, set]) => [code, set.size]);
}

export function taskCounts() {
  const counts = new Map();
  tables.tasks.adcodes.forEach(
    (codes) =>
      codes &&
      codes
        .split(" ")
        .forEach((code) => code !== units.province[0] && counts.set(code, (counts.get(code) || 0) + 1)),
  );
  return [...counts];
}

// Circles that count clusters and tasks.
export function badgeLegend() {
  return h(
    "ul",
    { class: "rk-legend" },
    Object.keys(sent.signs.badges)
      .filter((name) => state.overlays.has(name))
      .map((name) => {
        const dot = h("i", { class: "rk-swatch rk-badge", "aria-hidden": "true" });
        dot.style.background = sent.signs.badges[name].colour;
        return h("li", {}, dot, h("span", {}, words[name]));
      }),
  );
}
