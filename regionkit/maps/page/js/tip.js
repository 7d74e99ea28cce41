// What is said at the pointer.

import { judgedLabel, layerRows, valueLabel } from "./areas.js";
import { cityOf, label, say, strategicZones, unitName, zonesOf } from "./facts.js";
import { describeMark } from "./marks.js";
import { roughAt } from "./projects.js";
import { ownShapes, tables, units, words } from "./state.js";

// Name, then value, of what the pointer is over.
export function describe(rk, layer) {
  if (rk.kind === "project") {
    const P = tables.projects;
    return [
      P.name[rk.id],
      [label("kind", P.kind[rk.id]), label("stage", P.stage[rk.id])].filter(Boolean).join(" · "),
    ];
  }
  if (rk.kind === "badge") {
    const rows = roughAt(rk.id);
    return [say("roughTip", rows.length), ...rows.slice(0, 3).map((i) => tables.projects.name[i])];
  }
  if (rk.what) return [unitName(rk.id), words[rk.what] + "：" + rk.count];
  if (rk.kind === "custom") {
    return [ownShapes[layer.level].names[rk.row], layer.title + "：" + valueLabel(layer, rk.row)];
  }
  if (rk.kind === "mark") return describeMark(rk);
  const lines = [
    unitName(rk.id) + (cityOf(rk.id) && cityOf(rk.id) !== rk.id ? "（" + unitName(cityOf(rk.id)) + "）" : ""),
  ];
  if (layer) {
    for (const place of layerRows(layer, rk.row)) {
      const whose =
        layer.level === "city"
          ? unitName(units.cities.id[place]) + "："
          : layer.level === "zone"
            ? tables.zones.short[strategicZones()[place]] + "："
            : layer.level === "province"
              ? (units.provinces.size ? units.provinces.name[place] : units.province[1]) + "："
              : "";
      lines.push(layer.title + "：" + whose + judgedLabel(layer, place));
    }
  }
  if (tables.zones) {
    const zones = zonesOf(rk.id).map((z) => tables.zones.short[z]);
    if (zones.length) lines.push(words.zone + "：" + zones.join("、"));
  }
  return lines;
}
