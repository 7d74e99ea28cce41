// Drawing on Leaflet's canvas: hatches, stripes and the symbols of projects.

const patterns = new Map();

// Stripes of several colours, or a hatch of one on nothing.
function pattern(context, spec) {
  const key = JSON.stringify(spec);
  if (patterns.has(key)) return patterns.get(key);
  const size = spec.size || 8 * spec.colours.length;
  const tile = document.createElement("canvas");
  // As fine as the screen and no finer: a tile that need not be resampled draws much faster.
  const dense = Math.max(1, Math.ceil(devicePixelRatio || 1));
  tile.width = tile.height = size * dense;
  const pen = tile.getContext("2d");
  pen.scale(dense, dense);
  if (spec.hatch) {
    pen.strokeStyle = spec.colours[0];
    pen.lineWidth = spec.width || 1;
    pen.beginPath();
    const lines = { "/": [[-1, 1], [0, 0], [1, -1]], "\\": [[-1, -1], [0, 0], [1, 1]] };
    for (const way of spec.hatch) {
      if (way === "-") { pen.moveTo(0, size / 2); pen.lineTo(size, size / 2); }
      if (way === "|") { pen.moveTo(size / 2, 0); pen.lineTo(size / 2, size); }
      for (const [dx] of lines[way] || []) {
        const x = dx * size;
        if (way === "/") { pen.moveTo(x, size); pen.lineTo(x + size, 0); }
        else { pen.moveTo(x, 0); pen.lineTo(x + size, size); }
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
        pen.moveTo(x, size); pen.lineTo(x + wide, size);
        pen.lineTo(x + wide + size, 0); pen.lineTo(x + size, 0);
        pen.fill();
      });
    }
  }
  const made = context.createPattern(tile, "repeat");
  if (dense > 1) made.setTransform(new DOMMatrix().scale(1 / dense));
  patterns.set(key, made);
  return made;
}

const Paper = L.Canvas.extend({
  _fillStroke(context, layer) {
    const o = layer.options;
    if (o.fill) {
      context.globalAlpha = o.fillOpacity;
      if (o.fillColor) {
        context.fillStyle = o.fillColor;
        context.fill("evenodd");
      }
      for (const spec of o.patterns || []) {
        context.fillStyle = pattern(context, spec);
        context.fill("evenodd");
      }
    }
    if (o.stroke && o.weight) {
      if (o.casing) {
        context.globalAlpha = o.opacity;
        context.setLineDash([]);
        context.lineWidth = o.weight + 2.5;
        context.strokeStyle = o.casing;
        context.lineJoin = "round";
        context.stroke();
      }
      if (context.setLineDash) context.setLineDash((o && o._dashArray) || []);
      context.globalAlpha = o.opacity;
      context.lineWidth = o.weight;
      context.strokeStyle = o.color;
      context.lineCap = "round";
      context.lineJoin = "round";
      context.stroke();
      context.setLineDash([]);
    }
  },
});

// Trace a shape about a point; y of the shape runs upwards, that of the screen downwards.
function traceShape(context, shape, x, y, radius) {
  context.beginPath();
  for (let i = 0; i < shape.length; i += 2) {
    const px = x + shape[i] * radius, py = y - shape[i + 1] * radius;
    if (i) context.lineTo(px, py);
    else context.moveTo(px, py);
  }
  context.closePath();
}

function drawSymbol(context, look, x, y, radius) {
  context.save();
  context.globalAlpha = look.faint ? 0.85 : 1;
  traceShape(context, look.shape, x, y, radius);
  context.lineJoin = "round";
  context.strokeStyle = "#fff";
  context.lineWidth = 3.5;
  context.stroke();
  context.fillStyle = look.fill === "solid" ? look.colour : "#fff";
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
  if (look.fill === "dotted") {
    context.beginPath();
    context.arc(x, y, Math.max(1.2, radius * 0.32), 0, 7);
    context.fillStyle = look.colour;
    context.fill();
  }
  context.restore();
}

// A symbol at a place, moved aside by whole pixels where several share the place.
const Sign = L.CircleMarker.extend({
  _project() {
    this._point = this._map.latLngToLayerPoint(this._latlng).add(this.options.aside || [0, 0]);
    this._updateBounds();
  },
  _updatePath() {
    const renderer = this._renderer;
    if (!renderer._drawing || this._empty()) return;
    drawSymbol(renderer._ctx, this.options.look, this._point.x, this._point.y, this._radius);
  },
});

// A round badge with a number.
const Badge = Sign.extend({
  _updatePath() {
    const renderer = this._renderer;
    if (!renderer._drawing || this._empty()) return;
    const context = renderer._ctx, { x, y } = this._point;
    context.save();
    context.beginPath();
    context.arc(x, y, this._radius, 0, 7);
    context.fillStyle = this.options.badgeColour;
    context.globalAlpha = 0.9;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    context.strokeStyle = "#fff";
    context.stroke();
    context.fillStyle = "#fff";
    context.font = "600 11px " + getComputedStyle(document.body).fontFamily;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(this.options.badge, x, y + 0.5);
    context.restore();
  },
});

// Places about a point that do not hide each other: a spiral of equal steps.
function spiral(number, step) {
  if (!number) return [0, 0];
  const turn = number * 2.39996, far = step * Math.sqrt(number);
  return [Math.round(far * Math.cos(turn)), Math.round(far * Math.sin(turn))];
}
