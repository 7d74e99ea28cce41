import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boxOf,
  isInside,
  joinArcs,
  outlineOf,
  readColumn,
  readGrid,
  readLine,
  readTable,
  readText,
  worldX,
  worldY,
} from "../../../../regionkit/maps/page/js/decode.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

readGrid({ letters: LETTERS, steps: 1 });

test("a column is read from each of its forms", () => {
  assert.deepEqual(readColumn([1, null]), [1, null]);
  assert.deepEqual(readColumn({ n: 2 }), [null, null]);
  assert.deepEqual(readColumn({ c: "a", n: 2 }), ["a", "a"]);
  // Steps +1, -2, +1: zigzag 2, 3, 2.
  assert.deepEqual(readColumn({ v: ["x", "y"], i: "CDC" }), ["y", null, "x"]);
  assert.deepEqual(readColumn({ s: "C", x: { c: 7, n: 1 }, n: 3 }), [null, 7, null]);
  assert.deepEqual(readColumn({ d: "KCCA" }), [5, 6, 7, 7]);
});

test("letters beyond ASCII are read by their number, the later ones from two bytes", () => {
  const letters = Array.from({ length: 200 }, (_, k) => 0x4e00 + k);
  assert.equal(readText(Uint8Array.of(65, 128, 254, 255, 0, 255, 72), letters), "A一乾乿仇");
  assert.equal(readText(Uint8Array.of(65, 128), [0x6c88]), "A沈");
});

test("a table knows how many rows it has", () => {
  assert.deepEqual(readTable({ a: [1, 2], b: { c: 0, n: 2 } }), { a: [1, 2], b: [0, 0], size: 2 });
});

test("a line of differences becomes points of the plane", () => {
  // +2, +1, then -1, 0: zigzag 4, 2, 1, 0.
  const line = readLine("ECBA", 1);
  assert.deepEqual([...line], [worldX(2), worldY(1), worldX(1), worldY(1)]);
});

test("arcs join to closed lines in both directions", () => {
  const arcs = [Float64Array.of(0, 0, 1, 0), Float64Array.of(0, 0, 1, 1, 1, 0)];
  assert.deepEqual([...joinArcs([0, ~1], arcs)], [0, 0, 1, 0, 1, 1, 0, 0]);
});

test("the outline of a group leaves out what its members share", () => {
  const rings = [[[0, 1]], [[~1, 2]]];
  assert.deepEqual(outlineOf([0, 1], rings).sort(), [0, 2]);
  assert.deepEqual(outlineOf([0], rings).sort(), [0, 1]);
});

test("a point is inside by the even-odd rule", () => {
  const outer = Float64Array.of(0, 0, 4, 0, 4, 4, 0, 4);
  const hole = Float64Array.of(1, 1, 3, 1, 3, 3, 1, 3);
  assert.equal(isInside([outer, hole], 0.5, 0.5), true);
  assert.equal(isInside([outer, hole], 2, 2), false);
  assert.equal(isInside([outer], 5, 2), false);
  assert.deepEqual(boxOf([outer, hole]), [0, 0, 4, 4]);
});
