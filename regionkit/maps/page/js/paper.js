// The one canvas of a map.

import { newCanvas } from "./draw.js";

// How far beyond its edge a map is drawn when there is time, in its own sizes.
export const PADDING = 0.25;

// The canvas all of a map is drawn on at once. While the map is dragged or zoomed the browser
// only moves the finished picture, as it does for Leaflet's own renderers; it is drawn anew when
// the map has come to rest.
export const Paper = L.Renderer.extend({
  // Little is drawn beyond the edge at first, more when there is time.
  options: { padding: 0.02 },
  _initContainer() {
    const { canvas, pen } = newCanvas(1, 1, 1);
    this._container = canvas;
    this._pen = pen;
  },
  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },
  // Every change of the view ends in "moveend", which draws.
  _reset() {},
  _updatePaths() {},
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    /** @type {any} */ (L.Renderer.prototype)._update.call(this);
    this.redraw();
  },
  redraw() {
    if (!this._map || !this.onDraw) return;
    const { min } = this._bounds,
      size = this._bounds.getSize(),
      box = this._container;
    const dense = Math.max(1, devicePixelRatio || 1);
    L.DomUtil.setPosition(box, min);
    const wide = Math.round(size.x * dense),
      high = Math.round(size.y * dense);
    if (box.width !== wide || box.height !== high) {
      box.width = wide;
      box.height = high;
      box.style.width = size.x + "px";
      box.style.height = size.y + "px";
    } else {
      this._pen.setTransform(1, 0, 0, 1, 0, 0);
      this._pen.clearRect(0, 0, wide, high);
    }
    const origin = this._map.getPixelOrigin().add(min);
    this._pen.setTransform(dense, 0, 0, dense, 0, 0);
    this.onDraw({
      pen: this._pen,
      scale: 2 ** this._map.getZoom(),
      dx: -origin.x,
      dy: -origin.y,
      dense,
      wide: size.x,
      high: size.y,
    });
  },
});
