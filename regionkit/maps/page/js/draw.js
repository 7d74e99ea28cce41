// Drawing: hatches, stripes, lines, badges and names.

import { sent } from "./state.js";

const patterns = new Map();

// A canvas of a size in pixels of the page. Drawn by the processor: the picture is still most of
// the time, and a machine without a graphics card would pay dearly for pretending to have one.
export function newCanvas(wide, high, dense) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(wide * dense);
  canvas.height = Math.round(high * dense);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.scale(dense, dense);
  return { canvas, pen };
}

// Stripes of several colours, or a hatch of one on nothing.
export function pattern(context, spec) {
  const key = JSON.stringify(spec);
  if (patterns.has(key)) return patterns.get(key);
  const size = spec.size || 8 * spec.colours.length;
  // As fine as the screen and no finer: a tile that need not be resampled draws much faster.
  const dense = Math.max(1, Math.ceil(devicePixelRatio || 1));
  const { canvas: tile, pen } = newCanvas(size, size, dense);
  if (spec.hatch) {
    pen.strokeStyle = spec.colours[0];
    pen.lineWidth = spec.width || 1;
    pen.beginPath();
    const lines = {
      "/": [
        [-1, 1],
        [0, 0],
        [1, -1],
      ],
      "\\": [
        [-1, -1],
        [0, 0],
        [1, 1],
      ],
    };
    for (const way of spec.hatch) {
      if (way === "-") {
        pen.moveTo(0, size / 2);
        pen.lineTo(size, size / 2);
      }
      if (way === "|") {
        pen.moveTo(size / 2, 0);
        pen.lineTo(size / 2, size);
      }
      for (const [dx] of lines[way] || []) {
        const x = dx * size;
        if (way === "/") {
          pen.moveTo(x, size);
          pen.lineTo(x + size, 0);
        } else {
          pen.moveTo(x, 0);
          pen.lineTo(x + size, size);
        }
      }
    }
    pen.stroke();
  } else {
    const wide = size / spec.colours.length;
    for (let turn = -1; turn < 2; turn++) {
      spec.colours.forEach((colour, i) => {
        const x = turn * size + i * wide;
        pen.fillStyle = colour;
        pen.beginPath();
        pen.moveTo(x, size);
        pen.lineTo(x + wide, size);
        pen.lineTo(x + wide + size, 0);
        pen.lineTo(x + size, 0);
        pen.fill();
      });
    }
  }
  const made = context.createPattern(tile, "repeat");
  if (dense > 1) made.setTransform(new DOMMatrix().scale(1 / dense));
  patterns.set(key, made);
  return made;
}

const FONT = '"Microsoft YaHei","Noto Sans CJK SC",sans-serif';

// Add a line of the plane to the path.
function trace(to, line) {
  const { pen, scale, dx, dy } = to;
  pen.moveTo(line[0] * scale + dx, line[1] * scale + dy);
  for (let i = 2; i < line.length; i += 2) pen.lineTo(line[i] * scale + dx, line[i + 1] * scale + dy);
}

export function traceAreas(to, areas) {
  to.pen.beginPath();
  for (const lines of areas) {
    for (const line of lines) {
      trace(to, line);
      to.pen.closePath();
    }
  }
}

// One stroke a line: many lines in one path are rastered at half the speed.
export function strokeLines(to, lines, colour, width) {
  const { pen } = to;
  // Round joins cost much and show only on wide lines.
  pen.lineJoin = width > 2.5 ? "round" : "bevel";
  // A round end would fill the gap to the next dash.
  pen.lineCap = pen.getLineDash().length ? "butt" : "round";
  pen.strokeStyle = colour;
  pen.lineWidth = width * (to.thin || 1);
  for (const line of lines) {
    pen.beginPath();
    trace(to, line);
    pen.stroke();
  }
}

// A badge with a number: round for counts of a unit, a box for projects whose place is its seat.
export function drawBadge({ pen }, badge, x, y) {
  const half = badge.half || badge.radius,
    { radius } = badge;
  pen.beginPath();
  if (badge.half) {
    const round = 3;
    pen.moveTo(x - half + round, y - radius);
    for (const [cx, cy, ex, ey] of [
      [x + half, y - radius, x + half, y + radius],
      [x + half, y + radius, x - half, y + radius],
      [x - half, y + radius, x - half, y - radius],
      [x - half, y - radius, x + half, y - radius],
    ]) {
      pen.arcTo(cx, cy, ex, ey, round);
    }
    pen.closePath();
  } else pen.arc(x, y, radius, 0, 7);
  pen.fillStyle = badge.colour;
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = badge.chosen ? sent.signs.colours.chosen : sent.signs.colours.face;
  pen.stroke();
  pen.fillStyle = sent.signs.colours.face;
  pen.font = "600 12px " + FONT;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(badge.text, x, y + 0.5);
}

// The ring of a seat; a dot within it for the capital's.
export function drawSeat({ pen }, x, y, isCapital) {
  pen.beginPath();
  pen.arc(x, y, isCapital ? 5 : 3.6, 0, 7);
  pen.fillStyle = sent.signs.colours.face;
  pen.fill();
  pen.lineWidth = 1.6;
  pen.strokeStyle = sent.signs.colours.text;
  pen.stroke();
  if (!isCapital) return;
  pen.beginPath();
  pen.arc(x, y, 2, 0, 7);
  pen.fillStyle = sent.signs.colours.text;
  pen.fill();
}

// The small open arrow at an end that leads on beyond the map.
export function drawArrow({ pen }, [x, y], [fromX, fromY], size) {
  const turn = Math.atan2(y - fromY, x - fromX);
  pen.beginPath();
  for (const side of [-2.6, 2.6]) {
    pen.moveTo(x, y);
    pen.lineTo(x + size * Math.cos(turn + side), y + size * Math.sin(turn + side));
  }
  pen.stroke();
}
