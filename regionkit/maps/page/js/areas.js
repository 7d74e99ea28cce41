// A kind of layer: areas, the region's units or the user's own, coloured by a value or a kind.

import { readColumn, readShapes } from "./decode.js";
import { h } from "./dom.js";
import { pattern, strokeLines, traceAreas } from "./draw.js";
import {
  cityOf,
  filterCounties,
  formatNumber,
  formatQuantity,
  layerForYear,
  partnerOf,
  push,
  seriesOf,
  strategicZones,
  unitName,
} from "./facts.js";
import { boundsOf } from "./fit.js";
import { markOf } from "./marks.js";
import { worldPoint } from "./plane.js";
import { commands, layers, ownShapes, page, sent, state, tables, units, views, words } from "./state.js";
import { isFilled, zoneFills } from "./zones.js";

/** The map of a series for a year; of two maps the right one is never the left one again. */
function layerShown(view, chosen, year) {
  const asked = layers.find((one) => one.id === chosen),
    shown = layerForYear(asked, year),
    left = views[0] && views[0].layer;
  if (view.side !== "right" || !shown || shown !== left || state.rightFilter.document) return shown;
  return asked !== left ? asked : layers.find((one) => one.id === partnerOf(left.id));
}

// Colours of the units; counties take the colour of their city or of all their zones.
export function findFills(view) {
  const chosen = view.side === "right" ? state.rightLayer : state.layer;
  const year = view.side === "right" ? state.rightFilter.year || state.filter.year : state.filter.year;
  const layer = (view.layer = readLayer(layerShown(view, chosen, year)));
  const kept = page.facts ? filterCounties() : null;
  const filled = isFilled(view);
  view.fills = units.lines.map((_, row) => {
    const entries = layer && !layer.circles ? entriesOf(layer, row) : [];
    const made = {
      colour: sent.signs.colours.land,
      bare: !entries.length,
      pattern: null,
      faint: kept !== null && !kept.has(row),
    };
    if (layer) {
      const codes = layerRows(layer, row).map((place) => layer.codes[place]);
      if (codes.length && codes.every((code) => view.hidden.has(layer.id + ":" + code))) made.faint = true;
      if (view.lit !== null && !codes.includes(view.lit)) made.faint = true;
    }
    if (entries.length === 1) {
      made.colour = entries[0][1];
      if (entries[0][3]) made.pattern = noValuePattern();
    } else if (entries.length > 1) made.pattern = { colours: entries.map((entry) => entry[1]) };
    if (layer && layer.ramp) made.colour = rampColour(layer, row) || made.colour;
    if (filled) {
      const fills = zoneFills(row);
      if (fills.length === 1) made.colour = fills[0];
      else if (fills.length > 1) made.pattern = { colours: fills, size: sent.signs.stripes * fills.length };
    }
    return made;
  });
  findAreas(view, layer);
  findCircles(view, layer);
}

// Counts: a circle a unit, its area as large as the value.
function findCircles(view, layer) {
  view.circles = [];
  if (!layer || !layer.circles) return;
  const own = layer.level === "city" ? units.cities : layer.level === "county" ? units.counties : null;
  if (!own) return;
  layer.values.forEach((value, place) => {
    if (typeof value !== "number" || value <= 0 || !own.at[place]) return;
    view.circles.push({ ...worldPoint((own.seat && own.seat[place]) || own.at[place]), value });
  });
  view.circles.sort((a, b) => b.value - a.value);
}

/** Radius of a count's circle, px. */
export function circleRadius(layer, value, zoomed = 1) {
  // Of every year of a series alike, so that two of them can be compared.
  const most = Math.max(...seriesOf(layer).map((one) => (one.circles ? one.circles.most : 0)));
  return Math.max(1.5, sent.signs.circle_px * Math.sqrt(value / most) * zoomed);
}

export function drawCircles(view, to) {
  const { pen } = to,
    zoomed = Math.min(3, 2 ** Math.max(0, view.map.getZoom() - view.homeZoom));
  for (const { x, y, value } of view.circles) {
    pen.beginPath();
    pen.arc(x * to.scale + to.dx, y * to.scale + to.dy, circleRadius(view.layer, value, zoomed), 0, 7);
    pen.globalAlpha = 0.72;
    pen.fillStyle = sent.signs.colours.circle;
    pen.fill();
    pen.globalAlpha = 1;
    pen.lineWidth = 1;
    pen.strokeStyle = sent.signs.colours.face;
    pen.stroke();
  }
}

// Areas of the user's that are no units of the region.
function findAreas(view, layer) {
  view.areas = [];
  const shapes = layer && ownShapes[layer.level];
  if (shapes) {
    if (!shapes.lines) Object.assign(shapes, readShapes(shapes));
    shapes.lines.forEach((lines, row) => {
      const entry = layer.entries[layer.codes[row]];
      if (!lines.length || !entry) return;
      view.areas.push({
        lines,
        colour: (layer.ramp && rampColour(layer, row)) || entry[1],
        pattern: entry[3] ? noValuePattern() : null,
        rk: { kind: "custom", id: layer.id, row },
      });
    });
  }
}

// Units that look alike are filled in one stroke of the pen.
export function drawUnits(view, to) {
  const alike = new Map();
  view.fills.forEach((look, row) => push(alike, JSON.stringify(look), row));
  const border = state.overlays.has("counties");
  // What the filters leave out is pale on land, not on the sea.
  if (!sent.basemap && view.fills.some((look) => look.faint)) {
    fillAreas(to, units.lines, { colour: sent.signs.colours.land, pattern: null });
  }
  for (const rows of alike.values()) {
    const look = view.fills[rows[0]];
    to.pen.globalAlpha = (look.faint ? 0.25 : 1) * seeThrough(look);
    fillAreas(
      to,
      rows.map((row) => units.lines[row]),
      look,
    );
    if (!border && !look.pattern) {
      to.pen.strokeStyle = look.colour;
      to.pen.lineWidth = 0.7;
      to.pen.stroke();
    }
  }
  to.pen.globalAlpha = 1;
  const colours = sent.signs.colours,
    lines = sent.signs.lines;
  // On fills borders are white, so that they take no colour from them.
  const isBare = !view.layer && !isFilled(view);
  if (border) strokeLines(to, units.arcs, isBare ? colours.county : colours.face, lines.county);
}

// A base map is read through the fills, and a unit without a colour does not cover it.
function seeThrough(look) {
  if (!sent.basemap) return 1;
  return look.bare ? 0 : 0.62;
}

export function fillAreas(to, areas, look) {
  traceAreas(to, areas);
  to.pen.fillStyle = look.colour;
  to.pen.fill("evenodd");
  if (look.pattern) {
    to.pen.fillStyle = pattern(to.pen, look.pattern);
    to.pen.fill("evenodd");
  }
}

// Places of a unit in a layer's rows.
export function layerRows(layer, row) {
  if (layer.level === "county") return [row];
  if (layer.level === "province") return [units.provinces.size ? units.counties.province[row] : 0];
  if (layer.level === "city") return [units.counties.city[row]];
  if (layer.level === "zone" && tables.zones) {
    return strategicZones().flatMap((z, place) => (tables.zones.counties[z].includes(row) ? [place] : []));
  }
  return [];
}

function entriesOf(layer, row) {
  return layerRows(layer, row)
    .map((place) => layer.entries[layer.codes[place]])
    .filter(Boolean);
}

export function valueLabel(layer, place) {
  const text = layer.labels[place];
  if (text !== null && text !== undefined) return text;
  const value = layer.values[place];
  if (typeof value === "number") return formatQuantity(value, layer.unit);
  const entry = layer.entries[layer.codes[place]];
  return entry ? entry[0] : words.noData;
}

/** The same with what is said of the unit's target, where anything is. */
export function judgedLabel(layer, place) {
  return (layer.judged && layer.judged[place]) || valueLabel(layer, place);
}

function rampColour(layer, row) {
  const place = ownShapes[layer.level] ? row : layerRows(layer, row)[0];
  const value = layer.values[place],
    { low, high, colours } = layer.ramp;
  if (typeof value !== "number") return null;
  const at = high > low ? ((value - low) / (high - low)) * (colours.length - 1) : 0;
  return colours[Math.max(0, Math.min(colours.length - 1, Math.round(at)))];
}

// The hatch of units that have no value, as paper has it.
function noValuePattern() {
  const sign = sent.signs.hatch;
  return { hatch: sign.hatch, colours: [sign.colour], size: sign.size };
}

export function swatch(colour, isHatched) {
  const sign = sent.signs.hatch;
  const box = h("i", { class: "rk-swatch", "aria-hidden": "true" });
  box.dataset.colours = colour;
  box.style.background = isHatched
    ? "repeating-linear-gradient(" + sign.angle + "deg," + sign.colour + " 0 1px," + colour + " 1px 5px)"
    : colour;
  return box;
}

/** Ids and names of the provinces: the region itself where it is one. */
function provinceColumns() {
  return units.provinces.size
    ? [units.provinces.id, units.provinces.name]
    : [[units.province[0]], [units.province[1]]];
}

export function layerTable(layer) {
  const own = ownShapes[layer.level];
  const columns = own ? layer.columns || [] : [];
  const [ids, names] = own
    ? [own.names, own.names]
    : layer.level === "province"
      ? provinceColumns()
      : layer.level === "zone"
        ? [tables.zones.id, tables.zones.name].map((column) => strategicZones().map((z) => column[z]))
        : ((those) => [those.id, those.name])(layer.level === "city" ? units.cities : units.counties);
  const places = names.map((_, place) => place).filter((place) => layer.codes[place] >= 0);
  // Kinds stand in words, not in ids.
  const cell = (place) => {
    // Of a map of gaps the value itself, which its class says no more.
    const value = layer.goal ? layer.goal.values[place] : layer.values[place];
    if (layer.written) return value === null || value === undefined ? "" : String(value);
    return typeof value === "string"
      ? layer.entries[layer.codes[place]][0]
      : value === null || value === undefined
        ? ""
        : value;
  };
  const unit = layer.goal ? layer.goal.unit : layer.unit;
  const within = (place) => (layer.level === "county" ? [unitName(cityOf(ids[place]) || "")] : []);
  return {
    id: layer.id,
    title: layer.title,
    head: [
      words.name,
      ...(layer.level === "county" ? [words.city] : []),
      ...(own ? [] : [words.code]),
      words.value + (unit ? "（" + unit + "）" : ""),
      words.class,
      words.note,
      words.source,
      ...columns.map(([name]) => name),
    ],
    rows: places.map((place) => [
      names[place],
      ...within(place),
      ...(own ? [] : [ids[place]]),
      cell(place),
      layer.entries[layer.codes[place]][0],
      judgedLabel(layer, place),
      (layer.cites && layer.cites[place]) || layer.source,
      ...columns.map(([, cells]) => (cells[place] === null ? "" : cells[place])),
    ]),
    open: places.map(
      (place) => () =>
        own
          ? commands.select("custom", layer.id, { row: place, focus: true })
          : layer.level === "province" && units.provinces.size
            ? views[0].map.fitBounds(boundsOf("province", ids[place]), { animate: false })
            : commands.select(layer.level, ids[place], { zoom: true, focus: true }),
    ),
  };
}

// Rows of a user's own layer show every column given.
export function customPanel(id, row) {
  const layer = readLayer(layers.find((one) => one.id === id)) || markOf(id);
  const facts = layer.columns || [];
  return [
    h("p", {}, layer.title),
    layer.entries
      ? h(
          "p",
          { class: "rk-shown" },
          h("b", {}, valueLabel(layer, row)),
          h("span", { class: "rk-cite" }, layer.source),
        )
      : null,
    h(
      "table",
      { class: "rk-figures" },
      facts.map(([name, cells]) =>
        h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, formatNumber(cells[row]))),
      ),
    ),
  ];
}

// A layer's columns are read when it is first asked for.
export function readLayer(layer) {
  if (!layer || layer.isRead) return layer;
  layer.isRead = true;
  for (const name of ["values", "labels", "judged", "cites"])
    if (layer[name]) layer[name] = readColumn(layer[name]);
  readColumns(layer);
  return layer;
}

export function readColumns(owner) {
  if (owner.columns) owner.columns = owner.columns.map(([name, cells]) => [name, readColumn(cells)]);
}

/** Units of a layer with a value, the largest first, then kinds in the order of the legend. */
export function valueRows(layer) {
  const table = layerTable(layer);
  const rows = [];
  let at = 0;
  layer.codes.forEach((code, place) => {
    if (code < 0) return;
    const value = layer.values[place],
      entry = layer.entries[code];
    if (value !== null && value !== undefined) {
      rows.push({
        name: String(table.rows[at][0]),
        text: valueLabel(layer, place),
        number: typeof value === "number" && !layer.written ? value : undefined,
        colour: layer.circles ? sent.signs.colours.circle : entry[1],
        code,
        place,
        open: table.open[at],
      });
    }
    at += 1;
  });
  return rows.sort((a, b) => (a.number === undefined ? a.code - b.code : b.number - a.number));
}
