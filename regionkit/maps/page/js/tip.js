// What is said at the pointer.

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
  if (rk.kind === "mark") return describeMark(rk);
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
