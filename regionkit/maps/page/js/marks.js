// A kind of layer: points and lines of the user's own.

function markOf(id) {
  return D.marks.find((own) => own.id === id);
}

Object.assign(View.prototype, {
  findMarks() {
    this.marks = [];
    this.markLines = [];
    for (const own of D.marks) {
      if (!S.overlays.has(own.id)) continue;
      own.at.forEach((points, row) => points && points.forEach((at) => this.marks.push({
        ...worldPoint(at, own.steps), aside: [0, 0], radius: 5, rk: { kind: "mark", id: own.id, row },
        look: { name: "circle", shape: CIRCLE, colour: own.colours[row], fill: "solid" },
      })));
      own.lines.forEach((line, row) => line && this.markLines.push({
        lines: line.map((part) => readLine(part, own.steps)), colour: own.colours[row], width: 2.5,
        dash: [], rk: { kind: "mark", id: own.id, row },
      }));
    }
  },
});

// Name, then value, of a mark under the pointer.
function describeMark(rk) {
  const own = markOf(rk.id);
  return [own.names[rk.row], own.title + (own.labels[rk.row] ? "：" + own.labels[rk.row] : "")];
}

// Classes or kinds of the marks that are shown.
function markLegend() {
  return D.marks.filter((own) => S.overlays.has(own.id)).flatMap((own) => [
    h("h3", {}, own.title, own.unit ? h("small", {}, "（" + own.unit + "）") : null),
    h("ul", { class: "rk-legend" }, own.entries.map(([text, colour, count]) => h("li", {},
      own.lines.some(Boolean) ? lineSwatch(colour) : symbolSwatch({ shape: CIRCLE, colour, fill: "solid" }),
      h("span", {}, text), h("span", { class: "rk-n" }, String(count))))),
    own.source ? h("p", { class: "rk-cite" }, W.source + "：" + own.source) : null,
    own.note ? h("p", { class: "rk-note" }, own.note) : null,
  ]);
}

function markTable(own) {
  return {
    id: own.id, title: own.title, head: [W.name, ...own.columns.map(([name]) => name)],
    rows: own.names.map((name, row) => [name, ...own.columns.map(([, cells]) => (cells[row] === null ? "" : cells[row]))]),
    open: own.names.map((_, row) => () => select("mark", own.id, { row, focus: true })),
  };
}
