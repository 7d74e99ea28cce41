// One map: coloured units, overlays, projects. Two of them make a comparison.

const BORDER = "#8d8d8d";

class View {
  constructor(map, side) {
    this.map = map;
    this.side = side;
    this.tip = h("div", { class: "rk-tip", hidden: true });
    map.getContainer().append(this.tip);
    this.legend = h("details", { class: "rk-legend-box", open: innerWidth > 760 });
    page.legends.append(this.legend);
    this.fills = [];
    this.areas = [];
    this.zones = [];
    this.routes = [];
    this.signs = [];
    this.marks = [];
    this.paper = new Paper();
    this.paper.onDraw = (to) => this.drawAll(to);
    map.on("mousemove", (event) => this.showTip(event));
    map.on("mouseout movestart", () => { this.tip.hidden = true; });
    map.on("click", (event) => {
      const hit = this.isMine(event) && this.hit(event.layerPoint);
      if (hit) select(hit.kind, hit.id, { row: hit.row });
    });
  }

  // What the pointer meets that is ours, and not a layer the user added with folium.
  isMine(event) {
    const target = event.originalEvent && event.originalEvent.target;
    return page.facts && (target === this.paper._container || target === this.map.getContainer());
  }

  // The topmost thing at a point of the map.
  hit({ x, y }) {
    const scale = 2 ** this.map.getZoom(), origin = this.map.getPixelOrigin();
    const signs = [...this.marks, ...this.signs];
    for (let k = signs.length - 1; k >= 0; k--) {
      const sign = signs[k], far = (sign.radius || this.radius()) + 2;
      const dx = sign.x * scale - origin.x + sign.aside[0] - x;
      const dy = sign.y * scale - origin.y + sign.aside[1] - y;
      if (dx * dx + dy * dy <= far * far) return sign.rk;
    }
    const wx = (x + origin.x) / scale, wy = (y + origin.y) / scale, near = 4 / scale;
    for (let k = this.routes.length - 1; k >= 0; k--) {
      if (this.routes[k].lines.some((line) => isNear(line, wx, wy, near))) return this.routes[k].rk;
    }
    for (let k = this.areas.length - 1; k >= 0; k--) {
      if (isInside(this.areas[k].lines, wx, wy)) return this.areas[k].rk;
    }
    const row = unitAt(wx, wy);
    return row < 0 ? null : { kind: "county", id: U.counties.id[row], row };
  }

  showTip(event) {
    if (event.originalEvent && this.map.dragging && this.map.dragging.moving()) return;
    const rk = event.rk || (this.isMine(event) && this.hit(event.layerPoint));
    this.paper._container.style.cursor = rk ? "pointer" : "";
    this.tip.hidden = !rk;
    if (!rk) return;
    const key = [rk.kind, rk.id, rk.row, rk.what, this.layer && this.layer.id].join();
    if (key !== this.tipKey) fill(this.tip, describe(rk, this.layer).map((line, i) => h(i ? "div" : "b", {}, line)));
    this.tipKey = key;
    const { x, y } = event.containerPoint, size = this.map.getSize();
    const left = x + 14 + this.tip.offsetWidth > size.x ? x - 10 - this.tip.offsetWidth : x + 14;
    this.tip.style.left = Math.max(2, left) + "px";
    this.tip.style.top = Math.min(y + 14, size.y - this.tip.offsetHeight - 4) + "px";
  }

  // What is drawn ----------------------------------------------------------------------------

  radius() {
    return Math.max(4, Math.min(9, this.map.getZoom() - 2.5)) * (innerWidth > 1700 ? 1.3 : 1);
  }

  // Draw ------------------------------------------------------------------------------------

  drawAll(to) {
    this.drawUnits(to);
    for (const area of this.areas) {
      to.pen.globalAlpha = 0.85;
      this.fillAreas(to, [area.lines], area);
      to.pen.globalAlpha = 1;
      strokeLines(to, area.lines.map(closed), "#555", 0.8);
    }
    for (const zone of this.zones) this.drawZone(to, zone);
    if (S.overlays.has("cities")) strokeLines(to, cityArcs(), "#3c3c3c", 1.3);
    for (const route of this.routes) this.drawRoute(to, route);
    this.drawChosen(to);
    this.drawSigns(to);
    if (S.overlays.has("cities")) this.drawNames(to);
  }

  // Names of cities, and of counties where there is room for them.
  drawNames(to) {
    const zoom = this.map.getZoom(), large = innerWidth > 1700 ? 1.3 : 1, taken = [];
    const put = (at, text, size, weight, down) => {
      if (!at) return;
      const point = worldPoint(at), x = point.x * to.scale + to.dx, y = point.y * to.scale + to.dy + down;
      const wide = (text.length * size) / 2 + 2, high = size / 2 + 1;
      if (taken.some((b) => Math.abs(b[0] - x) < b[2] + wide && Math.abs(b[1] - y) < b[3] + high)) return;
      taken.push([x, y, wide, high]);
      drawName(to, text, x, y, weight + " " + size + "px");
    };
    // A wide region opens at a small zoom, and has names all the same.
    if (zoom >= Math.min(6, Math.floor(this.map.getBoundsZoom(page.bounds)))) U.cities.at.forEach((at, row) => put(at, U.cities.name[row], 13 * large, 600, 0));
    if (zoom >= 9) U.counties.at.forEach((at, row) => put(at, U.counties.name[row], 11.5 * large, 400, 8));
  }

  // A strong outline about what the panel shows.
  drawChosen(to) {
    const { kind, id } = this.cursor || S.chosen || {};
    let rows = null;
    if (kind === "county") rows = [U.countyRow.get(id)];
    if (kind === "city") rows = rowsWhere(U.counties.city, (city) => city === U.cityRow.get(id));
    if (kind === "zone") rows = T.zones.counties[T.zoneRow.get(id)];
    const at = kind === "place" && T.places.at[T.places.id.indexOf(id)];
    if (at) {
      const { x, y } = worldPoint(at);
      to.pen.beginPath();
      to.pen.arc(x * to.scale + to.dx, y * to.scale + to.dy, 11, 0, 2 * Math.PI);
      to.pen.strokeStyle = "#111";
      to.pen.lineWidth = 3;
      to.pen.stroke();
    }
    if (rows) strokeLines(to, outlineOf(rows, U.rings).map((arc) => U.arcs[arc]), "#111", 3.2);
  }

  // Find everything again and draw it.
  draw() {
    this.findFills();
    this.findMarks();
    this.findZones();
    this.findProjects();
    this.paper.redraw();
  }
}

function worldPoint(at) {
  return { x: worldX(at[0] / D.grid.steps), y: worldY(at[1] / D.grid.steps) };
}

function closed(line) {
  return Float64Array.of(...line, line[0], line[1]);
}

// The row of the unit that holds a point of the plane; -1 for none.
function unitAt(x, y) {
  return U.boxes.findIndex((box, row) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] &&
    isInside(U.lines[row], x, y));
}

function isNear(line, x, y, far) {
  for (let i = 2; i < line.length; i += 2) {
    const ax = line[i - 2], ay = line[i - 1], dx = line[i] - ax, dy = line[i + 1] - ay;
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    if (Math.hypot(ax + t * dx - x, ay + t * dy - y) <= far) return true;
  }
  return false;
}

// Borders of cities: arcs between counties of two cities, or of a city and none.
function cityArcs() {
  if (!U.cityArcs) {
    const sides = U.arcs.map(() => []);
    U.rings.forEach((rings, row) => rings.forEach((ring) => ring.forEach((n) =>
      sides[n < 0 ? ~n : n].push(U.counties.city[row]))));
    U.cityArcs = U.arcs.filter((_, n) => sides[n].length < 2 || sides[n][0] !== sides[n][1]);
  }
  return U.cityArcs;
}
