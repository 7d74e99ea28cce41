// One map: coloured units, overlays, projects. Two of them make a comparison.

const LAND = "#f4f1ea";
const HATCHES = ["/", "\\", "-", "|"];

class View {
  constructor(map, side) {
    this.map = map;
    this.side = side;
    this.renderer = map.options.renderer instanceof Paper ? map.options.renderer
      : new Paper({ padding: 0.15, tolerance: 3 });
    this.groups = {};
    this.names = [];
    this.tip = h("div", { class: "rk-tip", hidden: true });
    map.getContainer().append(this.tip);
    this.legend = h("details", { class: "rk-legend-box", open: innerWidth > 760 });
    page.legends.append(this.legend);
    // The order of drawing, lowest first.
    for (const name of ["units", "own", "grouping", "zones", "cities", "routes", "chosen", "signs"]) {
      this.groups[name] = L.featureGroup();
    }
    this.makeUnits();
    for (const name in this.groups) this.groups[name].addTo(map);
    for (const name of ["units", "own", "routes", "signs"]) this.listen(this.groups[name]);
    map.on("mouseout movestart", () => { this.tip.hidden = true; });
    map.on("zoomend", () => { this.drawNames(); this.scaleSigns(); });
  }

  makeUnits() {
    this.polygons = U.rings.map((rings, row) => {
      const polygon = L.polygon(rings.map((ring) => joinArcs(ring, U.arcs)), {
        renderer: this.renderer, smoothFactor: 0, noClip: true, weight: 0.7, color: "#8d8d8d",
        fillColor: LAND, fillOpacity: 1, stroke: true,
      });
      polygon.rk = { kind: "county", id: U.counties.id[row], row };
      return polygon.addTo(this.groups.units);
    });
  }

  listen(group) {
    group.on("mousemove", (event) => this.showTip(event));
    group.on("mouseout", () => { this.tip.hidden = true; });
    group.on("click", (event) => {
      const rk = (event.propagatedFrom || event.layer).rk;
      L.DomEvent.stopPropagation(event);
      if (rk) select(rk.kind, rk.id, { row: rk.row });
    });
  }

  showTip(event) {
    const rk = (event.propagatedFrom || event.layer).rk;
    if (!rk) return;
    fill(this.tip, describe(rk, this.layer).map((line, i) => h(i ? "div" : "b", {}, line)));
    this.tip.hidden = false;
    const { x, y } = event.containerPoint, size = this.map.getSize();
    const left = x + 14 + this.tip.offsetWidth > size.x ? x - 10 - this.tip.offsetWidth : x + 14;
    this.tip.style.left = Math.max(2, left) + "px";
    this.tip.style.top = Math.min(y + 14, size.y - this.tip.offsetHeight - 4) + "px";
  }

  // Put the groups in their order on the one canvas.
  restack() {
    for (const name of ["own", "grouping", "zones", "cities", "routes", "chosen", "signs"]) {
      this.groups[name].eachLayer((layer) => layer.bringToFront && layer.bringToFront());
    }
  }

  // Colour the units by a layer; counties take the colour of their city or of all their zones.
  paint() {
    const chosen = this.side === "right" ? S.rightLayer : S.layer;
    const year = this.side === "right" ? S.rightFilter.year || S.filter.year : S.filter.year;
    const layer = this.layer = layerForYear(L_.find((one) => one.id === chosen), year);
    const kept = T.zones ? filterCounties() : null;
    const border = S.overlays.has("counties");
    this.polygons.forEach((polygon, row) => {
      const entries = layer ? entriesOf(layer, row) : [];
      const style = { fillColor: LAND, patterns: null, fillOpacity: 1 };
      if (entries.length === 1) {
        style.fillColor = entries[0][1];
        if (entries[0][3]) style.patterns = [{ hatch: "/", colours: ["#777"], size: 6 }];
      } else if (entries.length > 1) {
        style.patterns = [{ colours: entries.map((entry) => entry[1]) }];
      }
      if (layer && layer.ramp) style.fillColor = rampColour(layer, row) || style.fillColor;
      if (kept && !kept.has(row)) style.fillOpacity = 0.25;
      style.color = border ? "#8d8d8d" : style.patterns ? "transparent" : style.fillColor;
      polygon.setStyle(style);
    });
    this.paintOwn(layer);
  }

  // Areas of the user's that are no units of the region.
  paintOwn(layer) {
    const group = this.groups.own.clearLayers();
    const shapes = layer && O[layer.level];
    if (shapes) {
      shapes.rings.forEach((rings, row) => {
        const entry = layer.entries[layer.codes[row]];
        if (!rings.length || !entry) return;
        const arcs = shapes.points || (shapes.points = shapes.arcs.map((a) => readLine(a, shapes.scale)));
        const polygon = L.polygon(rings.map((ring) => joinArcs(ring, arcs)), {
          renderer: this.renderer, smoothFactor: 0, noClip: true, weight: 0.8, color: "#555",
          fillColor: (layer.ramp && rampColour(layer, row)) || entry[1], fillOpacity: 0.85,
          patterns: entry[3] ? [{ hatch: "/", colours: ["#777"], size: 6 }] : null,
        });
        polygon.rk = { kind: "custom", id: layer.id, row };
        polygon.addTo(group);
      });
    }
    for (const own of D.marks || []) {
      if (!S.overlays.has(own.id)) continue;
      own.at.forEach((at, row) => {
        if (!at) return;
        const sign = new Sign(readPoint(at), {
          renderer: this.renderer, radius: own.radius || 5,
          look: { shape: CIRCLE, colour: own.colours[row], fill: "solid" },
        });
        sign.rk = { kind: "mark", id: own.id, row };
        sign.addTo(group);
      });
      own.lines.forEach((line, row) => {
        if (!line) return;
        const route = L.polyline(line.map((part) => readLine(part, POINT_SCALE)), {
          renderer: this.renderer, color: own.colours[row], weight: 2.5, smoothFactor: 0.5,
        });
        route.rk = { kind: "mark", id: own.id, row };
        route.addTo(group);
      });
    }
  }

  drawOverlays() {
    const { zones, grouping, cities } = this.groups;
    zones.clearLayers();
    grouping.clearLayers();
    cities.clearLayers();
    if (T.zones && S.overlays.has("zones")) {
      strategicZones().forEach((z, order) => this.drawZone(z, order, zones));
    }
    const chosen = T.zones && S.grouping ? T.zoneRow.get(S.grouping) : undefined;
    if (chosen !== undefined) this.drawZone(chosen, 1, grouping, 7);
    if (S.overlays.has("cities")) {
      U.outlines = U.outlines || U.cities.id.map((_, city) => outlineOf(
        U.counties.city.flatMap((mine, row) => (mine === city ? [row] : [])), U.rings, U.arcs));
      U.outlines.forEach((rings) => L.polygon(rings, {
        renderer: this.renderer, interactive: false, fill: false, color: "#3c3c3c", weight: 1.3,
        smoothFactor: 0, noClip: true,
      }).addTo(cities));
    }
    this.drawNames();
    this.restack();
  }

  // Outline and hatch; another direction for each zone, so that overlaps show as lattices.
  drawZone(z, order, group, size) {
    const cache = U.zoneRings || (U.zoneRings = new Map());
    if (!cache.has(z)) cache.set(z, outlineOf(T.zones.counties[z], U.rings, U.arcs));
    const colour = darker(T.zones.colour[z] || "#555555");
    L.polygon(cache.get(z), {
      renderer: this.renderer, interactive: false, smoothFactor: 0, noClip: true,
      color: colour, weight: 2.4, fillColor: null, fillOpacity: 0.6,
      patterns: [{ hatch: HATCHES[order % 4], colours: [colour], size: size || 13, width: 0.8 }],
    }).addTo(group);
  }

  drawNames() {
    for (const marker of this.names) marker.remove();
    this.names = [];
    if (!S.overlays.has("cities")) return;
    const zoom = this.map.getZoom();
    const put = (at, text, kind) => at && this.names.push(L.marker(readPoint(at), {
      interactive: false, keyboard: false,
      icon: L.divIcon({ className: "rk-name rk-name-" + kind, html: h("span", {}, text), iconSize: [0, 0] }),
    }).addTo(this.map));
    if (zoom >= 6) U.cities.at.forEach((at, row) => put(at, U.cities.name[row], "city"));
    if (zoom >= 9) U.counties.at.forEach((at, row) => put(at, U.counties.name[row], "county"));
  }

  drawProjects() {
    const { routes, signs } = this.groups;
    routes.clearLayers();
    signs.clearLayers();
    this.rows = filterProjects(this.side);
    if (!T.projects) return;
    if (S.overlays.has("projects")) {
      const P = T.projects, crowd = new Map();
      const radius = this.radius();
      for (const i of this.rows) {
        const look = lookOf(i);
        if (P.line[i]) {
          const route = L.polyline(readLine(P.line[i], POINT_SCALE), {
            renderer: this.renderer, color: look.colour, weight: 2, opacity: 0.85, casing: "#fffb", smoothFactor: 0.5,
            dashArray: look.fill === "solid" ? null : look.fill === "half" ? "9 4" : look.fill === "dotted" ? "1 5" : "4 5",
          });
          route.rk = { kind: "project", id: i };
          route.addTo(routes);
        } else if (P.at[i]) {
          // Places that several share, or that stand for a whole unit, are laid out in a spiral.
          const key = P.at[i].join();
          push(crowd, key, i);
        }
      }
      for (const rows of crowd.values()) {
        rows.forEach((i, number) => {
          const look = lookOf(i);
          const sign = new Sign(readPoint(P.at[i]), {
            renderer: this.renderer, radius, look, step: look.faint ? number + 1 : number,
            aside: spiral(look.faint ? number + 1 : number, radius * 2.1),
          });
          sign.rk = { kind: "project", id: i };
          sign.addTo(signs);
        });
      }
    }
    if (S.overlays.has("clusters")) this.drawBadges(clusterCounts(), "#5a3fa0", "clusters", -15);
    if (S.overlays.has("tasks")) this.drawBadges(taskCounts(), "#006d77", "tasks", 15);
    this.restack();
    this.drawChosen();
  }

  drawBadges(counts, colour, what, dx) {
    for (const [code, count] of counts) {
      const row = U.cityRow.get(code), county = U.countyRow.get(code);
      const at = row !== undefined ? U.cities.at[row] : county !== undefined ? U.counties.at[county] : null;
      if (!at) continue;
      const badge = new Badge(readPoint(at), {
        renderer: this.renderer, radius: 9 + Math.min(6, count / 8), badge: String(count),
        badgeColour: colour, aside: [dx, 14],
      });
      badge.rk = { kind: unitKind(code), id: code, what, count };
      badge.addTo(this.groups.signs);
    }
  }

  radius() {
    return Math.max(4, Math.min(9, this.map.getZoom() - 2.5)) * (innerWidth > 1700 ? 1.3 : 1);
  }

  scaleSigns() {
    const radius = this.radius();
    if (radius === this.lastRadius) return;
    this.lastRadius = radius;
    this.groups.signs.eachLayer((sign) => {
      if (sign.options.step === undefined) return;
      sign.options.aside = spiral(sign.options.step, radius * 2.1);
      sign.setRadius(radius);
    });
  }

  // A strong outline about what the panel shows.
  drawChosen() {
    const group = this.groups.chosen.clearLayers();
    const { kind, id } = S.chosen || {};
    let rings = null;
    if (kind === "county") rings = U.rings[U.countyRow.get(id)].map((ring) => joinArcs(ring, U.arcs));
    if (kind === "city") {
      const city = U.cityRow.get(id);
      rings = outlineOf(U.counties.city.flatMap((c, row) => (c === city ? [row] : [])), U.rings, U.arcs);
    }
    if (kind === "zone") rings = outlineOf(T.zones.counties[T.zoneRow.get(id)], U.rings, U.arcs);
    if (rings) {
      L.polygon(rings, { renderer: this.renderer, interactive: false, fill: false, color: "#111",
        weight: 3.2, smoothFactor: 0, noClip: true }).addTo(group);
    }
    for (const name of ["signs", "routes"]) {
      this.groups[name].eachLayer((layer) => {
        const is = kind === "project" && layer.rk && layer.rk.kind === "project" && layer.rk.id === id;
        if (layer.options.look && layer.options.look.chosen !== is && (is || layer.options.look.chosen)) {
          layer.options.look = { ...layer.options.look, chosen: is };
          layer.redraw();
          if (is) layer.bringToFront();
        }
        if (name === "routes") layer.setStyle({ weight: is ? 5.5 : 2 });
      });
    }
    this.groups.signs.eachLayer((sign) => sign.bringToFront());
  }

  draw() {
    this.paint();
    this.drawOverlays();
    this.drawProjects();
  }
}

function strategicZones() {
  return T.zones.kind.flatMap((kind, z) => (kind === "strategic" ? [z] : []));
}

function darker(colour) {
  const parts = [1, 3, 5].map((i) => Math.round(parseInt(colour.slice(i, i + 2), 16) * 0.72));
  return parts.some(Number.isNaN) ? "#555" : "rgb(" + parts.join() + ")";
}

const CIRCLE = Array.from({ length: 48 }, (_, i) =>
  (i % 2 ? Math.cos : Math.sin)((Math.floor(i / 2) / 24) * 2 * Math.PI));

function lookOf(i) {
  const P = T.projects;
  const [shape, colour] = T.symbols.kinds[P.domain[i] + "/" + P.kind[i]] || ["circle", "#4d4d4d"];
  return {
    shape: T.symbols.shapes[shape] || CIRCLE, colour,
    fill: T.symbols.fills[P.stage[i]] || "hollow",
    faint: P.location_basis[i] === "county" || P.location_basis[i] === "city",
  };
}

// Places of a unit in a layer's rows.
function layerRows(layer, row) {
  if (layer.level === "county") return [row];
  if (layer.level === "city") return [U.counties.city[row]];
  if (layer.level === "zone" && T.zones) {
    return strategicZones().flatMap((z, place) => (T.zones.counties[z].includes(row) ? [place] : []));
  }
  return [];
}

function entriesOf(layer, row) {
  return layerRows(layer, row).map((place) => layer.entries[layer.codes[place]]).filter(Boolean);
}

function valueLabel(layer, place) {
  const text = layer.labels[place];
  if (text !== null && text !== undefined) return text;
  const value = layer.values[place];
  if (typeof value === "number") return withUnit(value, layer.unit);
  const entry = layer.entries[layer.codes[place]];
  return entry ? entry[0] : W.noData;
}

function rampColour(layer, row) {
  const place = O[layer.level] ? row : layerRows(layer, row)[0];
  const value = layer.values[place], { low, high, colours } = layer.ramp;
  if (typeof value !== "number") return null;
  const at = high > low ? ((value - low) / (high - low)) * (colours.length - 1) : 0;
  return colours[Math.max(0, Math.min(colours.length - 1, Math.round(at)))];
}

// Name, then value, of what the pointer is over.
function describe(rk, layer) {
  if (rk.kind === "project") {
    const P = T.projects;
    return [P.name[rk.id], [label("kind", P.kind[rk.id]), label("stage", P.stage[rk.id])].filter(Boolean).join(" · ")];
  }
  if (rk.what) return [unitName(rk.id), W[rk.what] + "：" + rk.count];
  if (rk.kind === "custom") {
    return [O[layer.level].names[rk.row], layer.title + "：" + valueLabel(layer, rk.row)];
  }
  if (rk.kind === "mark") {
    const own = D.marks.find((one) => one.id === rk.id);
    return [own.names[rk.row], own.title + (own.labels[rk.row] ? "：" + own.labels[rk.row] : "")];
  }
  const lines = [unitName(rk.id) + (cityOf(rk.id) && cityOf(rk.id) !== rk.id ? "（" + unitName(cityOf(rk.id)) + "）" : "")];
  if (layer) {
    for (const place of layerRows(layer, rk.row)) {
      const whose = layer.level === "city" ? unitName(U.cities.id[place]) + "：" :
        layer.level === "zone" ? T.zones.short[strategicZones()[place]] + "：" : "";
      lines.push(layer.title + "：" + whose + valueLabel(layer, place));
    }
  }
  if (T.zones) {
    const zones = zonesOf(rk.id).map((z) => T.zones.short[z]);
    if (zones.length) lines.push(W.zone + "：" + zones.join("、"));
  }
  return lines;
}

function clusterCounts() {
  const found = new Map();
  T.cluster_places.adcode.forEach((code, row) => {
    const city = U.cityRow.has(code) ? code : cityOf(code);
    if (city) {
      if (!found.has(city)) found.set(city, new Set());
      found.get(city).add(T.cluster_places.cluster_id[row]);
    }
  });
  return [...found].map(([code, set]) => [code, set.size]);
}

function taskCounts() {
  const counts = new Map();
  T.tasks.adcodes.forEach((codes) => codes && codes.split(" ").forEach((code) =>
    code !== U.province[0] && counts.set(code, (counts.get(code) || 0) + 1)));
  return [...counts];
}
