// Read the compact forms of columns.py and topology.py.

import { inflate } from "./inflate.js";

const LETTER_CODE = new Uint8Array(128);

export function readGrid(grid) {
  for (let i = 0; i < grid.letters.length; i++) LETTER_CODE[grid.letters.charCodeAt(i)] = i;
}

/** Whole numbers as letters, each the difference from the one before it. */
function readSteps(text) {
  const numbers = [];
  let value = 0,
    shift = 0,
    at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = LETTER_CODE[text.charCodeAt(i)];
    value |= (code & 31) << shift;
    shift += 5;
    if (code < 32) {
      at += value & 1 ? ~(value >>> 1) : value >>> 1;
      numbers.push(at);
      value = shift = 0;
    }
  }
  return numbers;
}

export function readColumn(packed) {
  if (Array.isArray(packed)) return packed;
  if ("d" in packed) return readSteps(packed.d);
  if ("v" in packed) return readSteps(packed.i).map((k) => (k < 0 ? null : packed.v[k]));
  const cells = new Array(packed.n).fill("c" in packed ? packed.c : null);
  if ("s" in packed) {
    const values = readColumn(packed.x);
    readSteps(packed.s).forEach((row, k) => {
      cells[row] = values[k];
    });
  }
  return cells;
}

// A table is an object of columns; `size` is its number of rows.
export function readTable(packed) {
  const table = {};
  let size = 0;
  for (const name in packed) {
    table[name] = readColumn(packed[name]);
    size = Math.max(size, table[name].length);
  }
  table.size = size;
  return table;
}

// Degrees to the map's plane at zoom 0, as Leaflet's EPSG:3857 has it; a view only scales it.
export function worldX(lng) {
  return 256 * (lng / 360 + 0.5);
}

export function worldY(lat) {
  return 256 * (0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI));
}

// Lines are put together here, so that the first moment makes no rubbish to collect.
let scratch = new Float64Array(1 << 14);

function putPoint(n, x, y) {
  if (n + 2 > scratch.length) {
    const larger = new Float64Array(scratch.length * 2);
    larger.set(scratch);
    scratch = larger;
  }
  scratch[n] = x;
  scratch[n + 1] = y;
  return n + 2;
}

// A line of differences of whole numbers becomes x, y, x, y...; equal text gives equal points.
export function readLine(text, scale) {
  let n = 0,
    value = 0,
    shift = 0,
    isX = true,
    x = 0,
    y = 0;
  for (let i = 0; i < text.length; i++) {
    const code = LETTER_CODE[text.charCodeAt(i)];
    value |= (code & 31) << shift;
    shift += 5;
    if (code < 32) {
      const step = value & 1 ? ~(value >>> 1) : value >>> 1;
      if (isX) x += step;
      else {
        y += step;
        n = putPoint(n, worldX(x / scale), worldY(y / scale));
      }
      isX = !isX;
      value = shift = 0;
    }
  }
  return scratch.slice(0, n);
}

// One closed line from a ring of arc numbers; ~n is arc n walked backwards.
export function joinArcs(ring, arcs) {
  let size = 0;
  for (const n of ring) {
    const arc = arcs[n < 0 ? ~n : n],
      last = arc.length - 2;
    for (let i = size ? 2 : 0; i <= last; i += 2) {
      const at = n < 0 ? last - i : i;
      size = putPoint(size, arc[at], arc[at + 1]);
    }
  }
  return scratch.slice(0, size);
}

// The outline of a group of units: arcs that bound its members an odd number of times.
export function outlineOf(members, rings) {
  const odd = new Set();
  for (const unit of members) {
    for (const ring of rings[unit]) {
      for (const n of ring) {
        const arc = n < 0 ? ~n : n;
        if (!odd.delete(arc)) odd.add(arc);
      }
    }
  }
  return [...odd];
}

export function boxOf(lines) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      if (line[i] < box[0]) box[0] = line[i];
      if (line[i] > box[2]) box[2] = line[i];
      if (line[i + 1] < box[1]) box[1] = line[i + 1];
      if (line[i + 1] > box[3]) box[3] = line[i + 1];
    }
  }
  return box;
}

// Whether closed lines hold a point, by the even-odd rule.
export function isInside(lines, x, y) {
  let inside = false;
  for (const line of lines) {
    let px = line[line.length - 2],
      py = line[line.length - 1];
    for (let i = 0; i < line.length; i += 2) {
      const qx = line[i],
        qy = line[i + 1];
      if (py > y !== qy > y && x < ((px - qx) * (y - qy)) / (py - qy) + qx) inside = !inside;
      px = qx;
      py = qy;
    }
  }
  return inside;
}

// Units of a coverage, ready to draw and to be hit: closed lines and a box for each.
export function readShapes(topology) {
  const arcs = topology.arcs.map((arc) => readLine(arc, topology.scale));
  const lines = topology.rings.map((rings) => rings.map((ring) => joinArcs(ring, arcs)));
  return { arcs, rings: topology.rings, lines, boxes: lines.map(boxOf) };
}

/** Letters of base64 as bytes. */
export function readBytes(text) {
  const letters = atob(text),
    bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/** Deflated bytes as they were: by the browser, or by hand where it does not know the form. */
async function inflateBytes(bytes) {
  let stream;
  try {
    stream = new DecompressionStream("deflate-raw");
  } catch {
    return inflate(bytes);
  }
  return new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer();
}

/**
 * Text of which letters beyond ASCII are numbered: the first of one byte, the others of two.
 * @param {Uint8Array} bytes
 * @param {number[]} letters
 */
export function readText(bytes, letters) {
  const nSingle = 128 - Math.max(0, Math.ceil((letters.length - 128) / 255)),
    codes = new Uint16Array(bytes.length);
  let size = 0;
  for (let i = 0; i < bytes.length; i++) {
    const k = bytes[i] - 128;
    codes[size++] = k < 0 ? bytes[i] : letters[k < nSingle ? k : nSingle + 256 * (k - nSingle) + bytes[++i]];
  }
  return new TextDecoder("utf-16le").decode(codes.subarray(0, size));
}

/** The facts, which stand in the page deflated, after the letters that they are written in. */
export async function unpack(text) {
  const [letters, packed] = text.split(".");
  return JSON.parse(readText(new Uint8Array(await inflateBytes(readBytes(packed))), readSteps(letters)));
}
