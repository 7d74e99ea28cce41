// The symbols of projects, on the canvas and as small drawings.

import { svgElement } from "./dom.js";
import { newCanvas } from "./draw.js";
import { sent } from "./state.js";

export const CIRCLE = Array.from({ length: 48 }, (_, i) =>
  (i % 2 ? Math.cos : Math.sin)((Math.floor(i / 2) / 24) * 2 * Math.PI),
);

// Trace a shape about a point; y of the shape runs upwards, that of the screen downwards.
function traceShape(context, shape, x, y, radius) {
  context.beginPath();
  for (let i = 0; i < shape.length; i += 2) {
    const px = x + shape[i] * radius,
      py = y - shape[i + 1] * radius;
    if (i) context.lineTo(px, py);
    else context.moveTo(px, py);
  }
  context.closePath();
}

// Full where under way or built, grey where no stage is stated, else empty.
function faceOf(look) {
  if (look.fill === "solid" || look.fill === "done") return look.colour;
  return look.fill === "unknown" ? sent.signs.colours.unstated : sent.signs.colours.face;
}

function drawSymbol(context, look, x, y, radius) {
  context.save();
  context.globalAlpha = look.faint ? 0.85 : 1;
  traceShape(context, look.shape, x, y, radius);
  context.lineJoin = "round";
  context.strokeStyle = sent.signs.colours.face;
  context.lineWidth = 3.5;
  context.stroke();
  context.fillStyle = faceOf(look);
  context.fill();
  if (look.fill === "half") {
    context.save();
    context.clip();
    context.fillStyle = look.colour;
    context.fillRect(x - 2 * radius, y, 4 * radius, 2 * radius);
    context.restore();
    traceShape(context, look.shape, x, y, radius);
  }
  context.strokeStyle = look.colour;
  context.lineWidth = look.chosen ? 3 : 1.4;
  if (look.faint) context.setLineDash([2, 1.6]);
  context.stroke();
  if (look.fill === "dotted" || look.fill === "done") {
    context.beginPath();
    context.arc(x, y, Math.max(1.2, radius * 0.32), 0, 7);
    context.fillStyle = look.fill === "done" ? sent.signs.colours.face : look.colour;
    context.fill();
  }
  context.restore();
}

// Each symbol is drawn once and then copied: a thousand copies take a few milliseconds.
const sprites = new Map();

export function stampSymbol(to, look, x, y, radius) {
  const key = [look.name, look.colour, look.fill, look.faint, look.chosen, radius, to.dense].join();
  const half = Math.ceil(radius * 1.5 + 4);
  let tile = sprites.get(key);
  if (!tile) {
    const made = newCanvas(2 * half, 2 * half, to.dense);
    drawSymbol(made.pen, look, half, half, radius);
    tile = made.canvas;
    sprites.set(key, tile);
  }
  const whole = (value) => Math.round((value - half) * to.dense) / to.dense;
  to.pen.drawImage(tile, whole(x), whole(y), 2 * half, 2 * half);
}

// A project's symbol as a small drawing; a canvas for each would cost the page its quickness.
export function symbolSwatch(look) {
  const corners = [];
  for (let i = 0; i < look.shape.length; i += 2) {
    corners.push((10 + look.shape[i] * 6.5).toFixed(1) + "," + (10 - look.shape[i + 1] * 6.5).toFixed(1));
  }
  const outline = { points: corners.join(" "), stroke: look.colour, "stroke-width": 1.4 };
  if (look.faint) outline["stroke-dasharray"] = "2 1.6";
  const make = svgElement,
    picture = make("svg", { class: "rk-symbol", viewBox: "0 0 20 20", "aria-hidden": "true" });
  picture.append(make("polygon", { ...outline, fill: faceOf(look) }));
  if (look.fill === "half") picture.append(make("path", { d: "M4 10h12a6 6 0 0 1-12 0", fill: look.colour }));
  if (look.fill === "dotted" || look.fill === "done") {
    picture.append(
      make("circle", {
        cx: 10,
        cy: 10,
        r: 2,
        fill: look.fill === "done" ? sent.signs.colours.face : look.colour,
      }),
    );
  }
  return picture;
}

// How a line is drawn at a stage; its dashes are in widths of the line.
export function strokeOf(stage) {
  return sent.signs.strokes[stage];
}

// A route, in the dash of a stage.
export function lineSwatch(colour, stage = "solid") {
  const stroke = strokeOf(stage),
    width = sent.signs.routes.legend * stroke.width;
  const picture = svgElement("svg", { class: "rk-line", viewBox: "0 0 28 20", "aria-hidden": "true" });
  picture.append(
    svgElement("line", {
      x1: 1,
      x2: 27,
      y1: 10,
      y2: 10,
      stroke: colour,
      "stroke-width": width,
      "stroke-dasharray": stroke.dashes.map((length) => length * width).join(" "),
    }),
  );
  return picture;
}
