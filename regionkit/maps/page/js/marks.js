// A kind of layer: points and lines of the user's own.

import { readLine } from "./decode.js";
import { h } from "./dom.js";
import { worldPoint } from "./plane.js";
import { commands, sent, state, words } from "./state.js";
import { lineSwatch, symbolSwatch } from "./symbols.js";

export function markOf(id) {
  return sent.marks.find((own) => own.id === id);
}

export function findMarks(view) {
  view.marks = [];
  view.markLines = [];
  for (const own of sent.marks) {
    if (!state.overlays.has(own.id)) continue;
    own.at.forEach(
      (points, row) =>
        points &&
        points.forEach((at) =>
          view.marks.push({
            ...worldPoint(at, own.steps),
            aside: [0, 0],
            radius: 5,
            rk: { kind: "mark", id: own.id, row },
            look: { face: own.colours[row], edge: own.colours[row], line: own.colours[row], fill: "solid" },
          }),
        ),
    );
    own.lines.forEach(
      (line, row) =>
        line &&
        view.markLines.push({
          lines: line.map((part) => readLine(part, own.steps)),
          colour: own.colours[row],
          width: 2.5,
          dash: [],
          rk: { kind: "mark", id: own.id, row },
        }),
    );
  }
}

// Name, then value, of a mark under the pointer.
export function describeMark(rk) {
  const own = markOf(rk.id);
  return [own.names[rk.row], own.title + (own.labels[rk.row] ? "：" + own.labels[rk.row] : "")];
}

// Classes or kinds of the marks that are shown.
export function markLegend() {
  return sent.marks
    .filter((own) => state.overlays.has(own.id))
    .flatMap((own) => [
      h("h3", {}, own.title, own.unit ? h("small", {}, "（" + own.unit + "）") : null),
      h(
        "ul",
        { class: "rk-legend" },
        own.entries.map(([text, colour, count]) =>
          h(
            "li",
            {},
            own.lines.some(Boolean)
              ? lineSwatch(colour)
              : symbolSwatch({ face: colour, edge: colour, line: colour, fill: "solid" }),
            h("span", {}, text),
            h("span", { class: "rk-n" }, String(count)),
          ),
        ),
      ),
      own.source ? h("p", { class: "rk-cite" }, words.source + "：" + own.source) : null,
      own.note ? h("p", { class: "rk-note" }, own.note) : null,
    ]);
}

export function markTable(own) {
  return {
    id: own.id,
    title: own.title,
    head: [words.name, ...own.columns.map(([name]) => name)],
    rows: own.names.map((name, row) => [
      name,
      ...own.columns.map(([, cells]) => (cells[row] === null ? "" : cells[row])),
    ]),
    open: own.names.map((_, row) => () => commands.select("mark", own.id, { row, focus: true })),
  };
}
