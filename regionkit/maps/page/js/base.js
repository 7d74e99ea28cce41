// The user's own rivers, railways, roads and areas, over the units and under their borders.

import { readLine } from "./decode.js";
import { strokeLines, traceAreas } from "./draw.js";
import { sent, units } from "./state.js";

/** Lines and areas of each kind, read once. */
function readBases() {
  if (!units.under)
    units.under = sent.under.map((kind) => ({
      kind,
      lines: kind.lines.map((line) => readLine(line, kind.scale)),
      areas: kind.areas.map((line) => readLine(line, kind.scale)),
    }));
  return units.under;
}

export function drawBase(to) {
  for (const { kind, lines, areas } of readBases()) {
    if (areas.length) {
      traceAreas(to, [areas]);
      if (kind.fill !== "none") {
        to.pen.fillStyle = kind.fill;
        to.pen.fill("evenodd");
      }
      strokeLines(to, areas, kind.line, kind.width);
    }
    to.pen.setLineDash(kind.dashes);
    strokeLines(to, lines, kind.line, kind.width);
    to.pen.setLineDash([]);
  }
}
