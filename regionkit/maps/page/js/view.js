// One map: coloured units, overlays, projects. Two of them make a comparison.

import { drawCircles, drawUnits, fillAreas, findFills } from "./areas.js";
import { drawBase } from "./base.js";
import { isInside, outlineOf } from "./decode.js";
import { fill, h } from "./dom.js";
import { drawSeat, strokeLines } from "./draw.js";
import { rowsWhere } from "./facts.js";
import { drawGround, drawOutline } from "./ground.js";
import { addInset, placeInset } from "./inset.js";
import { placeNames } from "./labels.js";
import { findMarks } from "./marks.js";
import { Paper } from "./paper.js";
import { cityArcs, closed, isNear, unitAt, worldPoint } from "./plane.js";
import { drawRoute, drawSigns, findProjects } from "./projects.js";
import { commands, page, sent, state, tables, units } from "./state.js";
import { describe } from "./tip.js";
import { drawZone, findZones } from "./zones.js";

// The pointer is on a line that is no farther than this, px.
const ON_LINE = 2.5;

export class View {
  constructor(map, side) {
    this.map = map;
    this.side = side;
    /** @type {?import("./state.js").Layer} */
    this.layer = null;
    /** @type {?import("./state.js").Chosen} */
    this.cursor = null;
    this.tip = h("div", { class: "rk-tip", hidden: true });
    map.getContainer().append(this.tip);
    this.legend = h("details", { class: "rk-legend-box", open: innerWidth > 900 });
    map.getContainer().parentNode.append(this.legend);
    this.inset = addInset(this);
    this.isLegendAsked = false;
    /** Whether names wait until the units have been shown. */
    this.isBare = false;
    this.fills = [];
    this.areas = [];
    this.circles = [];
    this.zones = [];
    this.homeZoom = map.getZoom();
    this.names = null;
    /** Classes that the legend hides, and the one it points at. */
    this.hidden = new Set();
    this.lit = null;
    this.routes = [];
    this.signs = [];
    this.marks = [];
    this.paper = new Paper();
    this.paper.onDraw = (to) => this.drawAll(to);
    map.on("mousemove", (event) => this.showTip(event));
    map.on("mouseout movestart", () => {
      this.tip.hidden = true;
    });
    map.on("click", (event) => {
      if (!this.isMine(event)) return;
      const hits = this.hits(event.layerPoint, 5);
      if (hits.length > 1) commands.select("several", hits);
      else {
        const hit = hits[0] || this.hit(event.layerPoint);
        if (hit) commands.select(hit.kind, hit.id, { row: hit.row });
      }
    });
  }

  // What the pointer meets that is ours, and not a layer the user added with folium.
  isMine(event) {
    const target = event.originalEvent && event.originalEvent.target;
    return page.facts && (target === this.paper._container || target === this.map.getContainer());
  }

  /** A point of the map on the plane, and whether a symbol or a line lies there. */
  tests({ x, y }) {
    const scale = 2 ** this.map.getZoom(),
      origin = this.map.getPixelOrigin(),
      usual = this.radius(),
      wx = (x + origin.x) / scale,
      wy = (y + origin.y) / scale;
    return {
      wx,
      wy,
      isOver: (sign) => {
        const dx = Math.abs(sign.x * scale - origin.x + sign.aside[0] - x),
          dy = Math.abs(sign.y * scale - origin.y + sign.aside[1] - y),
          far = sign.radius || usual;
        return sign.half ? dx <= sign.half && dy <= far : Math.hypot(dx, dy) <= far + 2;
      },
      isOn: (route, px) => route.lines.some((line) => isNear(line, wx, wy, px / scale)),
    };
  }

  /** Symbols and lines about a point, the topmost first: where several lie, the reader chooses. */
  hits(point, reach) {
    const { isOn, isOver } = this.tests(point),
      found = [...this.marks, ...this.signs]
        .reverse()
        .filter(isOver)
        .map((sign) => sign.rk),
      lines = [...this.routes].reverse();
    // A line counts where the pointer is on it; those beside it count once it is.
    if (found.length || lines.some((route) => isOn(route, ON_LINE))) {
      for (const route of lines) if (isOn(route, found.length ? ON_LINE : reach)) found.push(route.rk);
    }
    return found;
  }

  // The topmost thing at a point of the map.
  hit(point) {
    const { wx, wy, isOn, isOver } = this.tests(point);
    const top =
      [...this.marks, ...this.signs].reverse().find(isOver) ||
      [...this.routes].reverse().find((route) => isOn(route, ON_LINE)) ||
      [...this.areas].reverse().find((area) => isInside(area.lines, wx, wy));
    if (top) return top.rk;
    const row = unitAt(wx, wy);
    return row < 0 ? null : { kind: "county", id: units.counties.id[row], row };
  }

  showTip(event) {
    if (event.originalEvent && this.map.dragging && this.map.dragging.moving()) return;
    const rk = event.rk || (this.isMine(event) && this.hit(event.layerPoint));
    this.paper._container.style.cursor = rk ? "pointer" : "";
    this.tip.hidden = !rk;
    if (!rk) return;
    const key = [rk.kind, rk.id, rk.row, rk.what, this.layer && this.layer.id].join();
    if (key !== this.tipKey)
      fill(
        this.tip,
        describe(rk, this.layer).map((line, i) => h(i ? "div" : "b", {}, line)),
      );
    this.tipKey = key;
    const { x, y } = event.containerPoint,
      size = this.map.getSize();
    const left = x + 14 + this.tip.offsetWidth > size.x ? x - 10 - this.tip.offsetWidth : x + 14;
    this.tip.style.left = Math.max(2, left) + "px";
    this.tip.style.top = Math.min(y + 14, size.y - this.tip.offsetHeight - 4) + "px";
  }

  // What is drawn ----------------------------------------------------------------------------

  radius() {
    return Math.max(5, Math.min(9, this.map.getZoom() - 1.5)) * (innerWidth > 1700 ? 1.3 : 1);
  }

  // Draw ------------------------------------------------------------------------------------

  drawAll(to, isCopy = false) {
    if (!isCopy) placeInset(this);
    this.drawLand(to);
    for (const route of this.routes) drawRoute(to, route);
    this.drawChosen(to);
    if (state.overlays.has("cities")) this.drawSeats(to);
    drawSigns(this, to);
    if (!isCopy && !this.isBare) placeNames(this);
  }

  // The land in the colours of the layer, with its borders: what an inset has too, in thin lines.
  drawLand(to) {
    drawGround(this, to);
    drawUnits(this, to);
    for (const area of this.areas) {
      to.pen.globalAlpha = 0.85;
      fillAreas(to, [area.lines], area);
      to.pen.globalAlpha = 1;
      strokeLines(to, area.lines.map(closed), sent.signs.colours.own_edge, 0.8);
    }
    drawBase(to);
    drawOutline(this, to);
    drawCircles(this, to);
    if (!to.thin) for (const zone of this.zones) drawZone(this, to, zone);
    if (state.overlays.has("cities"))
      strokeLines(to, cityArcs(), sent.signs.colours.city, sent.signs.lines.city);
    strokeLines(to, units.borders, sent.signs.colours.province, sent.signs.lines.province);
  }

  // Rings at the seats of cities, as far as they are known; the names stand beside them.
  drawSeats(to) {
    const { seat, capital } = units.cities;
    seat.forEach((at, row) => {
      if (!at) return;
      const { x, y } = worldPoint(at);
      drawSeat(to, x * to.scale + to.dx, y * to.scale + to.dy, capital[row] === 1);
    });
  }

  // A strong outline about what the panel shows.
  drawChosen(to) {
    const { kind, id } = this.cursor || state.chosen || {};
    let rows = null;
    if (kind === "county") rows = [units.countyRow.get(id)];
    if (kind === "city") rows = rowsWhere(units.counties.city, (city) => city === units.cityRow.get(id));
    if (kind === "zone") rows = tables.zones.counties[tables.zoneRow.get(id)];
    const at = kind === "place" && tables.places.at[tables.places.id.indexOf(id)];
    if (at) {
      const { x, y } = worldPoint(at);
      to.pen.beginPath();
      to.pen.arc(x * to.scale + to.dx, y * to.scale + to.dy, 11, 0, 2 * Math.PI);
      to.pen.strokeStyle = sent.signs.colours.chosen;
      to.pen.lineWidth = 3;
      to.pen.stroke();
    }
    if (rows)
      strokeLines(
        to,
        outlineOf(rows, units.rings).map((arc) => units.arcs[arc]),
        sent.signs.colours.chosen,
        3.2,
      );
  }

  // Find everything again and draw it.
  draw() {
    findFills(this);
    findMarks(this);
    findZones(this);
    findProjects(this);
    this.paper.redraw();
  }
}
