// A kind of layer: round badges that count clusters and tasks.

Object.assign(View.prototype, {
  findBadges(counts, what) {
    const { colour, dx } = D.signs.badges[what];
    for (const [code, count] of counts) {
      const row = U.cityRow.get(code), county = U.countyRow.get(code);
      const at = row !== undefined ? U.cities.at[row] : county !== undefined ? U.counties.at[county] : null;
      // Below the name of a city; a county has none beside it.
      const aside = row === undefined ? [0, -9] : [dx, 24];
      if (at) this.signs.push({ ...worldPoint(at), aside, radius: 9 + Math.min(6, count / 8),
        text: String(count), colour, rk: { kind: unitKind(code), id: code, what, count } });
    }
  },
});

function clusterCounts() {
  const found = new Map();
  T.cluster_places.adcode.forEach((code, row) => {
    const city = U.cityRow.has(code) ? code : cityOf(code);
    if (city) {
      if (!found.has(city)) found.set(city, new Set());
      found.get(city).add(T.cluster_places.cluster_id[row]);
    }
  });
  return [...found].map(([code, set]) => [code, set.size]);
}

function taskCounts() {
  const counts = new Map();
  T.tasks.adcodes.forEach((codes) => codes && codes.split(" ").forEach((code) =>
    code !== U.province[0] && counts.set(code, (counts.get(code) || 0) + 1)));
  return [...counts];
}

// Circles that count clusters and tasks.
function badgeLegend() {
  return h("ul", { class: "rk-legend" }, Object.keys(D.signs.badges).filter((name) => S.overlays.has(name)).map((name) => {
    const dot = h("i", { class: "rk-swatch rk-badge", "aria-hidden": "true" });
    dot.style.background = D.signs.badges[name].colour;
    return h("li", {}, dot, h("span", {}, W[name]));
  }));
}
