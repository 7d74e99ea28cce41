// The symbols of projects, on the canvas and as small drawings.

import { svgElement } from "./dom.js";
import { newCanvas } from "./draw.js";
import { sent } from "./state.js";

/** How a project is drawn: colours of face, edge and line, and the fill that tells its stage. */
/** @typedef {{face: string, edge: string, line: string, fill: string, chosen?: boolean}} Look */

function drawSymbol(context, look, x, y, radius) {
  context.save();
  context.beginPath();
  context.arc(x, y, radius + 1.2, 0, 7);
  context.fillStyle = sent.signs.colours.face;
  context.fill();
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fillStyle = look.face;
  context.fill();
  context.lineWidth = 1.8;
  context.strokeStyle = look.edge;
  context.stroke();
  if (look.chosen) {
    context.beginPath();
    context.arc(x, y, radius + 7, 0, 7);
    context.lineWidth = 2.6;
    context.strokeStyle = sent.signs.colours.chosen;
    context.stroke();
  }
  context.restore();
}

// Each symbol is drawn once and then copied: a thousand copies take a few milliseconds.
const sprites = new Map();

/** @param {Look} look */
export function stampSymbol(to, look, x, y, radius) {
  const key = [look.face, look.edge, look.chosen, radius, to.dense].join();
  const half = Math.ceil(radius + (look.chosen ? 10 : 4));
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
  const picture = svgElement("svg", { class: "rk-symbol", viewBox: "0 0 20 20", "aria-hidden": "true" });
  picture.append(
    svgElement("circle", { cx: 10, cy: 10, r: 6, fill: look.face, stroke: look.edge, "stroke-width": 1.8 }),
  );
  return picture;
}

// How a line is drawn at a stage; its dashes are in widths of the line.
export function strokeOf(fill) {
  return sent.signs.strokes[fill];
}

// A route, in the dash of a stage.
export function lineSwatch(colour, fill = "solid") {
  const stroke = strokeOf(fill),
    width = sent.signs.routes.legend * stroke.width;
  const picture = svgElement("svg", { class: "rk-line", viewBox: "0 0 28 20", "aria-hidden": "true" });
  const line = { x1: 1, x2: 27, y1: 10, y2: 10 };
  picture.append(
    svgElement("line", {
      ...line,
      stroke: colour,
      "stroke-width": width,
      "stroke-dasharray": stroke.dashes.map((length) => length * width).join(" "),
    }),
  );
  if (stroke.core) {
    picture.append(
      svgElement("line", {
        ...line,
        stroke: sent.signs.colours.face,
        "stroke-width": width * stroke.core,
      }),
    );
  }
  return picture;
}
