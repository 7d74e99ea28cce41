// Read the compact forms of web_columns.py and web_topology.py.

function readColumn(packed) {
  if (Array.isArray(packed)) return packed;
  if ("v" in packed) return packed.i.map((k) => (k < 0 ? null : packed.v[k]));
  const cells = new Array(packed.n).fill("c" in packed ? packed.c : null);
  if ("s" in packed) {
    const values = readColumn(packed.x);
    packed.s.forEach((row, k) => { cells[row] = values[k]; });
  }
  return cells;
}

// A table is an object of columns; `size` is its number of rows.
function readTable(packed) {
  const table = {};
  let size = 0;
  for (const name in packed) {
    table[name] = readColumn(packed[name]);
    size = Math.max(size, table[name].length);
  }
  table.size = size;
  return table;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LETTER_CODE = new Uint8Array(128);
for (let i = 0; i < 64; i++) LETTER_CODE[LETTERS.charCodeAt(i)] = i;

// A line of differences of whole numbers becomes points; equal text gives equal points.
function readLine(text, scale) {
  const points = [];
  let value = 0, shift = 0, isX = true, x = 0, y = 0;
  for (let i = 0; i < text.length; i++) {
    const code = LETTER_CODE[text.charCodeAt(i)];
    value |= (code & 31) << shift;
    shift += 5;
    if (code < 32) {
      const step = value & 1 ? ~(value >> 1) : value >> 1;
      if (isX) x += step;
      else {
        y += step;
        points.push(new L.LatLng(y / scale, x / scale));
      }
      isX = !isX;
      value = shift = 0;
    }
  }
  return points;
}

// Rings of points from rings of arc numbers; ~n is arc n walked backwards.
function joinArcs(ring, arcs) {
  const points = [];
  for (const n of ring) {
    const arc = n < 0 ? arcs[~n].slice().reverse() : arcs[n];
    for (let i = points.length ? 1 : 0; i < arc.length; i++) points.push(arc[i]);
  }
  return points;
}

// The outline of a group of units: arcs that bound its members an odd number of times.
function outlineOf(members, rings, arcs) {
  const odd = new Map();
  for (const unit of members) {
    for (const ring of rings[unit]) {
      for (const n of ring) {
        const arc = n < 0 ? ~n : n;
        if (odd.has(arc)) odd.delete(arc);
        else odd.set(arc, n);
      }
    }
  }
  const key = (p) => p.lat + "," + p.lng;
  const startOf = (n) => (n < 0 ? arcs[~n][arcs[~n].length - 1] : arcs[n][0]);
  const endOf = (n) => (n < 0 ? arcs[~n][0] : arcs[n][arcs[n].length - 1]);
  const from = new Map();
  for (const n of odd.values()) {
    const at = key(startOf(n));
    if (!from.has(at)) from.set(at, []);
    from.get(at).push(n);
  }
  const made = [];
  for (const first of odd.values()) {
    const queue = from.get(key(startOf(first)));
    if (!queue || !queue.includes(first)) continue;
    queue.splice(queue.indexOf(first), 1);
    const ring = [first];
    for (;;) {
      const next = from.get(key(endOf(ring[ring.length - 1])));
      if (!next || !next.length) break;
      ring.push(next.shift());
    }
    made.push(joinArcs(ring, arcs));
  }
  return made;
}

// Points stand on a grid of 1/10000 degree, about 11 m.
const POINT_SCALE = 10000;

function readPoint(at) {
  return at ? new L.LatLng(at[1] / POINT_SCALE, at[0] / POINT_SCALE) : null;
}

// The facts stand in the page deflated.
async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const plain = await new Response(stream).arrayBuffer();
  return JSON.parse(new TextDecoder("gbk").decode(plain));
}
