// Islands far from the region's main land, in a frame of their own in the map's corner.

import { worldX, worldY } from "./decode.js";
import { fill, h } from "./dom.js";
import { newCanvas } from "./draw.js";
import { hiddenCorners } from "./fit.js";
import { sent, units, words } from "./state.js";

// Shares of the map's width and height that the inset takes at most, as on paper.
const FAR_WIDE = 0.2,
  FAR_HIGH = 0.36;
// Lines of the inset, as a share of those of the map.
const THIN = 0.4;
const SIZES = [1, 0.85, 0.7, 0.55, 0.45];

/** The part of the plane that the inset shows: its left and upper edge, and how wide and high it is. */
function farBox() {
  const [[south, west], [north, east]] = sent.far,
    x = worldX(west),
    y = worldY(north);
  return { x, y, wide: worldX(east) - x, high: worldY(south) - y };
}

/** The frame of a map's inset, which leads to what it shows; null where the region needs none. */
export function addInset(view) {
  if (!sent.far) return null;
  const inset = h("button", {
    class: "rk-inset",
    "aria-label": words.inset,
    title: words.inset,
    onclick: () => view.map.fitBounds(sent.far, { animate: false }),
  });
  view.map.getContainer().parentNode.append(inset);
  return inset;
}

/** Whether a map shows the main land so that its islands are out of sight. */
function isWanted(view) {
  return view.map.getZoom() < view.homeZoom + 0.6 && !view.map.getBounds().contains(sent.far);
}

/** Show the inset beside the whole region, as the map itself is drawn; near by there is none. */
export function placeInset(view) {
  if (!view.inset) return;
  view.inset.hidden = !isWanted(view);
  if (view.inset.hidden) return;
  const [wide, high] = fitInset(view),
    dense = Math.max(1, devicePixelRatio || 1),
    { canvas, pen } = newCanvas(wide, high, dense);
  drawInset(view, pen, wide, high, dense);
  fill(view.inset, canvas);
}

/** Give the inset the largest size at which it hides no land, else the least; return it, px. */
function fitInset(view) {
  const size = view.map.getSize(),
    box = farBox(),
    most = Math.min(FAR_WIDE * size.x, (FAR_HIGH * size.y * box.wide) / box.high);
  let wide = 0,
    high = 0;
  for (const share of SIZES) {
    wide = Math.round(most * share);
    high = Math.round((wide * box.high) / box.wide);
    view.inset.style.width = wide + "px";
    view.inset.style.height = high + "px";
    if (!units.arcs || !hiddenCorners(view.map, view.inset.getBoundingClientRect())) break;
  }
  return [wide, high];
}

function drawInset(view, pen, wide, high, dense) {
  const box = farBox(),
    scale = wide / box.wide;
  view.drawLand({ pen, scale, dx: -box.x * scale, dy: -box.y * scale, dense, wide, high, thin: THIN });
}

/** Draw the inset into a picture of the map, where it stands on the screen. */
export function copyInset(view, pen) {
  if (!view.inset || view.inset.hidden) return;
  const at = view.map.getContainer().getBoundingClientRect(),
    box = view.inset.getBoundingClientRect(),
    wide = box.width,
    high = box.height;
  pen.save();
  pen.translate(box.left - at.left, box.top - at.top);
  pen.beginPath();
  pen.rect(0, 0, wide, high);
  pen.clip();
  drawInset(view, pen, wide, high, 2);
  pen.restore();
  pen.strokeStyle = sent.signs.colours.city;
  pen.lineWidth = 1;
  pen.strokeRect(box.left - at.left, box.top - at.top, wide, high);
}
