import assert from "node:assert/strict";
import { test } from "node:test";
import { findWord } from "../../../../regionkit/maps/page/js/search.js";
import { tables } from "../../../../regionkit/maps/page/js/state.js";

tables.search = { initials: { d: "大", l: "连", z: "庄" } };

test("a whole name is better than its beginning, and that than a part", () => {
  assert.ok(findWord("大连", "大连") > findWord("大连市", "大连"));
  assert.ok(findWord("大连市", "大连") > findWord("金普大连", "大连"));
  assert.equal(findWord("沈阳", "大连"), 0);
});

test("initials of the reading find a name, and those at its beginning are better", () => {
  assert.ok(findWord("大连港", "dl") > findWord("新大连", "dl"));
  assert.equal(findWord("大连", "zl"), 0);
});

test("an abbreviation finds the thing before what is named after it", () => {
  const line = findWord("庄河抽水蓄能电站500千伏送出", "庄河抽蓄");
  assert.ok(findWord("大连庄河抽水蓄能电站", "庄河抽蓄") > line);
  assert.ok(line > 0);
});
