// How units, projects and counts look, and what is said of them at the pointer.

function strategicZones() {
  return T.zones.kind.flatMap((kind, z) => (kind === "strategic" ? [z] : []));
}

function darker(colour) {
  const parts = [1, 3, 5].map((i) => Math.round(parseInt(colour.slice(i, i + 2), 16) * 0.72));
  return parts.some(Number.isNaN) ? "#555" : "rgb(" + parts.join() + ")";
}

const CIRCLE = Array.from({ length: 48 }, (_, i) =>
  (i % 2 ? Math.cos : Math.sin)((Math.floor(i / 2) / 24) * 2 * Math.PI));

function lookOf(i) {
  const P = T.projects;
  const [shape, colour] = T.symbols.kinds[P.domain[i] + "/" + P.kind[i]] || ["circle", "#4d4d4d"];
  return {
    name: shape, shape: T.symbols.shapes[shape] || CIRCLE, colour,
    fill: T.symbols.fills[P.stage[i]] || "unknown",
    faint: P.location_basis[i] === "county" || P.location_basis[i] === "city",
  };
}

// Places of a unit in a layer's rows.
function layerRows(layer, row) {
  if (layer.level === "county") return [row];
  if (layer.level === "province") return [0];
  if (layer.level === "city") return [U.counties.city[row]];
  if (layer.level === "zone" && T.zones) {
    return strategicZones().flatMap((z, place) => (T.zones.counties[z].includes(row) ? [place] : []));
  }
  return [];
}

function entriesOf(layer, row) {
  return layerRows(layer, row).map((place) => layer.entries[layer.codes[place]]).filter(Boolean);
}

function valueLabel(layer, place) {
  const text = layer.labels[place];
  if (text !== null && text !== undefined) return text;
  const value = layer.values[place];
  if (typeof value === "number") return withUnit(value, layer.unit);
  const entry = layer.entries[layer.codes[place]];
  return entry ? entry[0] : W.noData;
}

function rampColour(layer, row) {
  const place = O[layer.level] ? row : layerRows(layer, row)[0];
  const value = layer.values[place], { low, high, colours } = layer.ramp;
  if (typeof value !== "number") return null;
  const at = high > low ? ((value - low) / (high - low)) * (colours.length - 1) : 0;
  return colours[Math.max(0, Math.min(colours.length - 1, Math.round(at)))];
}

// Name, then value, of what the pointer is over.
function describe(rk, layer) {
  if (rk.kind === "project") {
    const P = T.projects;
    return [P.name[rk.id], [label("kind", P.kind[rk.id]), label("stage", P.stage[rk.id])].filter(Boolean).join(" · ")];
  }
  if (rk.what) return [unitName(rk.id), W[rk.what] + "：" + rk.count];
  if (rk.kind === "custom") {
    return [O[layer.level].names[rk.row], layer.title + "：" + valueLabel(layer, rk.row)];
  }
  if (rk.kind === "mark") {
    const own = D.marks.find((one) => one.id === rk.id);
    return [own.names[rk.row], own.title + (own.labels[rk.row] ? "：" + own.labels[rk.row] : "")];
  }
  const lines = [unitName(rk.id) + (cityOf(rk.id) && cityOf(rk.id) !== rk.id ? "（" + unitName(cityOf(rk.id)) + "）" : "")];
  if (layer) {
    for (const place of layerRows(layer, rk.row)) {
      const whose = layer.level === "city" ? unitName(U.cities.id[place]) + "：" :
        layer.level === "zone" ? T.zones.short[strategicZones()[place]] + "：" :
        layer.level === "province" ? U.province[1] + "：" : "";
      lines.push(layer.title + "：" + whose + valueLabel(layer, place));
    }
  }
  if (T.zones) {
    const zones = zonesOf(rk.id).map((z) => T.zones.short[z]);
    if (zones.length) lines.push(W.zone + "：" + zones.join("、"));
  }
  return lines;
}

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
