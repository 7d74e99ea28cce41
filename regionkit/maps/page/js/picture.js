// The view as a picture: title, map, legend and source.

import { newCanvas } from "./draw.js";
import { copyInset } from "./inset.js";
import { presetOf } from "./presets.js";
import { sent, state, views } from "./state.js";

const FACE = '"Noto Sans SC","Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif';

/** Lines of a text that fit a width. */
function wrapped(pen, text, wide) {
  const lines = [];
  let line = "";
  for (const sign of text) {
    if (line && pen.measureText(line + sign).width > wide) {
      lines.push(line);
      line = "";
    }
    line += sign;
  }
  return line ? [...lines, line] : lines;
}

/**
 * Draw the left map as it is seen onto a canvas; twice as fine as the screen.
 * @param {boolean} [isBare] the map alone: its words and its legend stand beside it
 */
export function drawPicture(isBare = false) {
  const view = views[0],
    size = view.map.getSize(),
    colours = sent.signs.colours,
    head = isBare ? 0 : 76,
    foot = isBare ? 0 : 34;
  const { canvas, pen } = newCanvas(size.x, size.y + head + foot, 2);
  pen.fillStyle = colours.face;
  pen.fillRect(0, 0, size.x, size.y + head + foot);
  pen.textBaseline = "top";
  pen.fillStyle = colours.text;
  pen.font = "700 22px " + FACE;
  if (!isBare) pen.fillText(sent.title, 14, 12);
  const preset = presetOf(state.view),
    message = preset ? preset.message : view.layer ? view.layer.message || view.layer.title : "";
  pen.font = "15px " + FACE;
  if (!isBare)
    wrapped(pen, message, size.x - 28)
      .slice(0, 1)
      .forEach((line) => pen.fillText(line, 14, 46));
  pen.save();
  pen.beginPath();
  pen.rect(0, head, size.x, size.y);
  pen.clip();
  const origin = view.map.getPixelOrigin().add(view.map.containerPointToLayerPoint([0, 0]));
  pen.translate(0, head);
  view.drawAll(
    {
      pen,
      scale: 2 ** view.map.getZoom(),
      dx: -origin.x,
      dy: -origin.y,
      dense: 2,
      wide: size.x,
      high: size.y,
    },
    true,
  );
  copyInset(view, pen);
  const corner = view.map.containerPointToLayerPoint([0, 0]);
  for (const span of view.names.children) {
    const style = getComputedStyle(span);
    pen.font = `${style.fontWeight} ${style.fontSize} ${FACE}`;
    pen.textAlign = "center";
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    const x = span.offsetLeft + span.offsetWidth / 2 - corner.x,
      y = span.offsetTop - corner.y;
    pen.strokeStyle = colours.halo;
    if (style.textShadow !== "none") pen.strokeText(span.textContent, x, y);
    pen.fillStyle = style.color;
    pen.fillText(span.textContent, x, y);
  }
  pen.restore();
  pen.textAlign = "left";
  if (!isBare) drawLegendPicture(pen, view, head + size.y);
  pen.fillStyle = colours.text;
  pen.font = "12px " + FACE;
  if (!isBare) pen.fillText(wrapped(pen, sent.source, size.x - 28)[0] || "", 14, head + size.y + 10);
  return canvas;
}

/** The rows of the legend, from what stands in it: swatch colours and words. */
function drawLegendPicture(pen, view, bottom) {
  const rows = [...view.legend.querySelectorAll("li")].slice(0, 12);
  if (!rows.length) return;
  const colours = sent.signs.colours,
    high = 21 * rows.length + 14;
  pen.font = "13px " + FACE;
  const texts = rows.map((row) => {
    const said = row.querySelector("span:not(.rk-n)") || row.querySelector("button") || row;
    return said.textContent;
  });
  const wide = 60 + Math.max(...texts.map((text) => pen.measureText(text).width));
  pen.fillStyle = colours.face;
  pen.fillRect(14, bottom - high - 14, wide, high);
  pen.strokeStyle = colours.city;
  pen.lineWidth = 1;
  pen.strokeRect(14, bottom - high - 14, wide, high);
  rows.forEach((row, k) => {
    const y = bottom - high - 6 + 21 * k,
      /** @type {?HTMLElement} */
      box = row.querySelector(".rk-swatch"),
      shapes = row.querySelectorAll("svg line, svg circle");
    if (box && box.classList.contains("rk-dashes")) {
      pen.strokeStyle = getComputedStyle(box).borderTopColor;
      pen.lineWidth = 3;
      pen.setLineDash([7, 4]);
      pen.beginPath();
      pen.moveTo(24, y + 8);
      pen.lineTo(50, y + 8);
      pen.stroke();
      pen.setLineDash([]);
    } else if (box && box.textContent) {
      pen.fillStyle = getComputedStyle(box).backgroundColor;
      pen.fillRect(24, y, 26, 15);
      pen.fillStyle = colours.face;
      pen.fillText(box.textContent, 29, y + 1);
    } else if (box) {
      const [one, other] = (box.dataset.colours || "").split(" ");
      pen.fillStyle = one || colours.face;
      pen.fillRect(24, y + 1, 24, 13);
      if (other) {
        pen.fillStyle = other;
        pen.fillRect(36, y + 1, 12, 13);
      }
    }
    for (const shape of shapes) drawShape(pen, shape, y);
    pen.fillStyle = colours.text;
    pen.fillText(texts[k], 56, y);
  });
}

/** A line or a circle of a legend's small drawing, with its width and its dashes. */
function drawShape(pen, shape, y) {
  const is = (name) => shape.getAttribute(name);
  pen.beginPath();
  if (shape.tagName === "line") {
    pen.setLineDash((is("stroke-dasharray") || "").split(" ").filter(Boolean).map(Number));
    pen.moveTo(24, y + 8);
    pen.lineTo(50, y + 8);
  } else {
    pen.arc(36, y + 7, 6, 0, 7);
    pen.fillStyle = is("fill");
    pen.fill();
  }
  pen.lineWidth = Number(is("stroke-width")) || 1;
  pen.strokeStyle = is("stroke") || pen.fillStyle;
  pen.stroke();
  pen.setLineDash([]);
}
