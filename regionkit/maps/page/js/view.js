// One map: coloured units, overlays, projects. Two of them make a comparison.

const LAND = "#f4f1ea";
const BORDER = "#8d8d8d";
const BADGES = { clusters: { colour: "#5a3fa0", dx: -17 }, tasks: { colour: "#006d77", dx: 17 } };
const HATCHES = ["/", "\\", "-", "|"];
const DASHES = { done: [], solid: [], half: [8, 4], dotted: [1, 4], hollow: [4, 4], unknown: [8, 3, 1, 3] };

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

  // Colours of the units; counties take the colour of their city or of all their zones.
  findFills() {
    const chosen = this.side === "right" ? S.rightLayer : S.layer;
    const year = this.side === "right" ? S.rightFilter.year || S.filter.year : S.filter.year;
    const layer = this.layer = readLayer(layerForYear(L_.find((one) => one.id === chosen), year));
    const kept = page.facts ? filterCounties() : null;
    this.fills = U.lines.map((_, row) => {
      const entries = layer ? entriesOf(layer, row) : [];
      const made = { colour: LAND, pattern: null, faint: kept !== null && !kept.has(row) };
      if (entries.length === 1) {
        made.colour = entries[0][1];
        if (entries[0][3]) made.pattern = { hatch: "/", colours: ["#777"], size: 6 };
      } else if (entries.length > 1) made.pattern = { colours: entries.map((entry) => entry[1]) };
      if (layer && layer.ramp) made.colour = rampColour(layer, row) || made.colour;
      return made;
    });
    this.findAreas(layer);
  }

  // Areas of the user's that are no units of the region, and points and lines.
  findAreas(layer) {
    this.areas = [];
    const shapes = layer && O[layer.level];
    if (shapes) {
      if (!shapes.lines) Object.assign(shapes, readShapes(shapes));
      shapes.lines.forEach((lines, row) => {
        const entry = layer.entries[layer.codes[row]];
        if (!lines.length || !entry) return;
        this.areas.push({ lines, colour: (layer.ramp && rampColour(layer, row)) || entry[1],
          pattern: entry[3] ? { hatch: "/", colours: ["#777"], size: 6 } : null,
          rk: { kind: "custom", id: layer.id, row } });
      });
    }
    this.marks = [];
    this.markLines = [];
    for (const own of D.marks || []) {
      if (!S.overlays.has(own.id)) continue;
      own.at.forEach((at, row) => at && this.marks.push({
        ...worldPoint(at), aside: [0, 0], radius: own.radius || 5, rk: { kind: "mark", id: own.id, row },
        look: { name: "circle", shape: CIRCLE, colour: own.colours[row], fill: "solid" },
      }));
      own.lines.forEach((line, row) => line && this.markLines.push({
        lines: line.map((part) => readLine(part, POINT_SCALE)), colour: own.colours[row], width: 2.5,
        dash: [], rk: { kind: "mark", id: own.id, row },
      }));
    }
  }

  findZones() {
    this.zones = [];
    this.sharedArcs = new Map();
    if (!T.zones) return;
    if (S.overlays.has("zones")) strategicZones().forEach((z, order) => this.zones.push(zoneLook(z, order)));
    const chosen = S.grouping ? T.zoneRow.get(S.grouping) : undefined;
    if (chosen !== undefined) this.zones.push({ ...zoneLook(chosen, 1), size: 7, isGrouping: true });
    const users = new Map();
    for (const zone of this.zones) for (const arc of zone.arcs) push(users, arc, zone);
    this.sharedArcs = new Map([...users].filter(([, zones]) => zones.length > 1));
  }

  findProjects() {
    this.rows = filterProjects(this.side);
    this.signs = [];
    this.routes = [...(this.markLines || [])];
    if (!T.projects) return;
    const P = T.projects, crowd = new Map();
    // What the panel tells of is on the map, also where the filters leave it out.
    const chosen = S.chosen && S.chosen.kind === "project" ? S.chosen.id : -1;
    const shown = S.overlays.has("projects") ? this.rows : [];
    for (const i of chosen < 0 || shown.includes(chosen) ? shown : [...shown, chosen]) {
      const rk = { kind: "project", id: i };
      if (P.line[i]) {
        const look = lookOf(i);
        const line = P.lines[i] || (P.lines[i] = readLine(P.line[i], POINT_SCALE));
        this.routes.push({ lines: [line], colour: look.colour, dash: DASHES[look.fill] || [], width: look.fill === "done" ? 2.4 : 0, cut: P.cut[i] || 0, rk });
      } else if (P.at[i]) {
        // Places that several share, or that stand for a whole unit, are laid out in a spiral.
        const key = P.at[i].join(), look = lookOf(i), number = crowd.get(key) || 0;
        crowd.set(key, number + 1);
        this.signs.push({ ...worldPoint(P.at[i]), step: look.faint ? number + 1 : number, look, rk, aside: [0, 0] });
      }
    }
    if (page.facts && S.overlays.has("clusters")) this.findBadges(clusterCounts(), "clusters");
    if (page.facts && S.overlays.has("tasks")) this.findBadges(taskCounts(), "tasks");
  }

  findBadges(counts, what) {
    const { colour, dx } = BADGES[what];
    for (const [code, count] of counts) {
      const row = U.cityRow.get(code), county = U.countyRow.get(code);
      const at = row !== undefined ? U.cities.at[row] : county !== undefined ? U.counties.at[county] : null;
      // Below the name of a city; a county has none beside it.
      const aside = row === undefined ? [0, -9] : [dx, 24];
      if (at) this.signs.push({ ...worldPoint(at), aside, radius: 9 + Math.min(6, count / 8),
        text: String(count), colour, rk: { kind: unitKind(code), id: code, what, count } });
    }
  }

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

  // Units that look alike are filled in one stroke of the pen.
  drawUnits(to) {
    const alike = new Map();
    this.fills.forEach((look, row) => push(alike, JSON.stringify(look), row));
    const border = S.overlays.has("counties");
    for (const rows of alike.values()) {
      const look = this.fills[rows[0]];
      to.pen.globalAlpha = (look.faint ? 0.25 : 1) * this.seeThrough(look);
      this.fillAreas(to, rows.map((row) => U.lines[row]), look);
      if (!border && !look.pattern) {
        to.pen.strokeStyle = look.colour;
        to.pen.lineWidth = 0.7;
        to.pen.stroke();
      }
    }
    to.pen.globalAlpha = 1;
    if (border) strokeLines(to, U.arcs, BORDER, 0.7);
  }

  // A base map is read through the fills, and a unit without a colour does not cover it.
  seeThrough(look) {
    if (!D.basemap) return 1;
    return look.colour === LAND && !look.pattern ? 0 : 0.62;
  }

  fillAreas(to, areas, look) {
    traceAreas(to, areas);
    to.pen.fillStyle = look.colour;
    to.pen.fill("evenodd");
    if (look.pattern) {
      to.pen.fillStyle = pattern(to.pen, look.pattern);
      to.pen.fill("evenodd");
    }
  }

  // Outline and hatch; another direction for each zone, so that overlaps show as lattices. Over
  // a theme only overlaps are hatched, so that its colours can be read.
  drawZone(to, zone) {
    const { pen } = to, sparse = this.layer && !zone.isGrouping;
    const rows = sparse ? zone.shared : zone.rows;
    if (rows.length) {
      traceAreas(to, rows.map((row) => U.lines[row]));
      pen.globalAlpha = sparse ? 0.75 : 0.6;
      pen.fillStyle = pattern(pen, { hatch: HATCHES[zone.order % 4], colours: [zone.colour],
        size: zone.size || (sparse ? 15 : 13), width: sparse ? 1 : 0.8 });
      pen.fill("evenodd");
      pen.globalAlpha = 1;
    }
    strokeLines(to, zone.arcs.filter((arc) => !this.sharedArcs.has(arc)), zone.colour, 2.2);
    // Where two outlines run along one border each takes its turn, so that both colours are seen.
    for (const [arc, zones] of this.sharedArcs) {
      const turn = zones.indexOf(zone);
      if (turn < 0) continue;
      pen.setLineDash([9, 9 * (zones.length - 1)]);
      pen.lineDashOffset = -9 * turn;
      strokeLines(to, [arc], zone.colour, 2.2);
    }
    pen.setLineDash([]);
    pen.lineDashOffset = 0;
  }

  drawRoute(to, route) {
    const { pen } = to, rk = S.chosen || {};
    const chosen = rk.kind === route.rk.kind && rk.id === route.rk.id && rk.row === route.rk.row;
    if (chosen) strokeLines(to, route.lines, "#ffffffd0", 7);
    pen.globalAlpha = chosen || route.width ? 1 : 0.6;
    pen.setLineDash(route.dash);
    strokeLines(to, route.lines, route.colour, chosen ? 4 : route.width || 1.4);
    pen.setLineDash([]);
    const line = route.lines[0], end = line.length;
    const at = (k) => [line[k] * to.scale + to.dx, line[k + 1] * to.scale + to.dy];
    if (route.cut & 1) drawArrow(to, at(0), at(2), 6);
    if (route.cut & 2) drawArrow(to, at(end - 2), at(end - 4), 6);
    pen.globalAlpha = 1;
  }

  drawSigns(to) {
    const radius = this.radius(), margin = 20;
    const chosen = S.chosen && S.chosen.kind === "project" ? S.chosen.id : -1;
    let last = null;
    const stamp = (sign, x, y) => {
      if (sign.text) drawBadge(to, sign, x, y);
      else stampSymbol(to, last && last[0] === sign ? { ...sign.look, chosen: true } : sign.look, x, y, sign.radius || radius);
    };
    for (const signs of [this.marks, this.signs]) {
      for (const sign of signs) {
        if (sign.step !== undefined) sign.aside = spiral(sign.step, radius * 2.1);
        const x = sign.x * to.scale + to.dx + sign.aside[0], y = sign.y * to.scale + to.dy + sign.aside[1];
        if (x < -margin || y < -margin || x > to.wide + margin || y > to.high + margin) continue;
        if (chosen === sign.rk.id && sign.rk.kind === "project") last = [sign, x, y];
        else stamp(sign, x, y);
      }
    }
    if (last) stamp(...last);
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
    if (zoom >= 6) U.cities.at.forEach((at, row) => put(at, U.cities.name[row], 13 * large, 600, 0));
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
    this.findZones();
    this.findProjects();
    this.paper.redraw();
  }
}

function worldPoint(at) {
  return { x: worldX(at[0] / POINT_SCALE), y: worldY(at[1] / POINT_SCALE) };
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

function zoneLook(z, order) {
  const cache = U.zones || (U.zones = new Map());
  if (!cache.has(z)) {
    const rows = T.zones.counties[z], others = strategicZones().filter((other) => other !== z);
    cache.set(z, { rows, order, colour: darker(T.zones.colour[z] || "#555555"),
      shared: rows.filter((row) => others.some((other) => T.zones.counties[other].includes(row))),
      arcs: outlineOf(rows, U.rings).map((arc) => U.arcs[arc]) });
  }
  return cache.get(z);
}
