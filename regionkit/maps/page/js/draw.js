// Drawing: one canvas a map, hatches, stripes and the symbols of projects.

const patterns = new Map();

// A canvas of a size in pixels of the page. Drawn by the processor: the picture is still most of
// the time, and a machine without a graphics card would pay dearly for pretending to have one.
function newCanvas(wide, high, dense) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(wide * dense);
  canvas.height = Math.round(high * dense);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.scale(dense, dense);
  return { canvas, pen };
}

// Stripes of several colours, or a hatch of one on nothing.
function pattern(context, spec) {
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

const FONT = '"Microsoft YaHei","Noto Sans CJK SC",sans-serif';

// The canvas all of a map is drawn on at once. While the map is dragged or zoomed the browser
// only moves the finished picture, as it does for Leaflet's own renderers; it is drawn anew when
// the map has come to rest.
const Paper = L.Renderer.extend({
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
    L.Renderer.prototype._update.call(this);
    this.redraw();
  },
  redraw() {
    if (!this._map || !this.onDraw) return;
    const { min } = this._bounds, size = this._bounds.getSize(), box = this._container;
    const dense = Math.max(1, devicePixelRatio || 1);
    L.DomUtil.setPosition(box, min);
    const wide = Math.round(size.x * dense), high = Math.round(size.y * dense);
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
    this.onDraw({ pen: this._pen, scale: 2 ** this._map.getZoom(), dx: -origin.x, dy: -origin.y,
      dense, wide: size.x, high: size.y });
  },
});

// Add a line of the plane to the path.
function trace(to, line) {
  const { pen, scale, dx, dy } = to;
  pen.moveTo(line[0] * scale + dx, line[1] * scale + dy);
  for (let i = 2; i < line.length; i += 2) pen.lineTo(line[i] * scale + dx, line[i + 1] * scale + dy);
}

function traceAreas(to, areas) {
  to.pen.beginPath();
  for (const lines of areas) {
    for (const line of lines) {
      trace(to, line);
      to.pen.closePath();
    }
  }
}

// One stroke a line: many lines in one path are rastered at half the speed.
function strokeLines(to, lines, colour, width) {
  const { pen } = to;
  // Round joins cost much and show only on wide lines.
  pen.lineJoin = width > 2.5 ? "round" : "bevel";
  // A round end would fill the gap to the next dash.
  pen.lineCap = pen.getLineDash().length ? "butt" : "round";
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  for (const line of lines) {
    pen.beginPath();
    trace(to, line);
    pen.stroke();
  }
}

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

// Full where under way or built, grey where no stage is stated, else empty.
function faceOf(look) {
  if (look.fill === "solid" || look.fill === "done") return look.colour;
  return look.fill === "unknown" ? D.signs.colours.unstated : "#fff";
}

function drawSymbol(context, look, x, y, radius) {
  context.save();
  context.globalAlpha = look.faint ? 0.85 : 1;
  traceShape(context, look.shape, x, y, radius);
  context.lineJoin = "round";
  context.strokeStyle = "#fff";
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
    context.fillStyle = look.fill === "done" ? "#fff" : look.colour;
    context.fill();
  }
  context.restore();
}

// Each symbol is drawn once and then copied: a thousand copies take a few milliseconds.
const sprites = new Map();

function stampSymbol(to, look, x, y, radius) {
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

// A round badge with a number.
function drawBadge({ pen }, badge, x, y) {
  pen.beginPath();
  pen.arc(x, y, badge.radius, 0, 7);
  pen.fillStyle = badge.colour;
  pen.fill();
  pen.lineWidth = 1.5;
  pen.strokeStyle = "#fff";
  pen.stroke();
  pen.fillStyle = "#fff";
  pen.font = "600 11px " + FONT;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(badge.text, x, y + 0.5);
}

// A name with a pale edge, so that it reads on any colour.
function drawName({ pen }, text, x, y, font) {
  pen.font = font + " " + FONT;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.strokeStyle = "#ffffffe0";
  pen.lineWidth = 3.5;
  pen.strokeText(text, x, y);
  pen.fillStyle = "#1b1b1b";
  pen.fillText(text, x, y);
}

// The small open arrow at an end that leads on beyond the map.
function drawArrow({ pen }, [x, y], [fromX, fromY], size) {
  const turn = Math.atan2(y - fromY, x - fromX);
  pen.beginPath();
  for (const side of [-2.6, 2.6]) {
    pen.moveTo(x, y);
    pen.lineTo(x + size * Math.cos(turn + side), y + size * Math.sin(turn + side));
  }
  pen.stroke();
}

// Places about a point that do not hide each other: a spiral of equal steps.
function spiral(number, step) {
  if (!number) return [0, 0];
  const turn = number * 2.39996, far = step * Math.sqrt(number);
  return [Math.round(far * Math.cos(turn)), Math.round(far * Math.sin(turn))];
}
