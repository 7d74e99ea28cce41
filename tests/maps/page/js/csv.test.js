import assert from "node:assert/strict";
import { test } from "node:test";
import { safeCell, toCsv, toTabs } from "../../../../regionkit/maps/page/js/csv.js";

test("what a spreadsheet would take for a formula is text, and numbers stay numbers", () => {
  for (const text of ["=1+1", "+A1", "@x", "-x", "\tx"]) assert.equal(safeCell(text), "'" + text);
  assert.equal(safeCell(-1.5), "-1.5");
  assert.equal(safeCell("a=b"), "a=b");
});

test("cells with marks of the format are quoted", () => {
  const table = {
    head: ["a", "b"],
    rows: [
      ['say "x"', "1,2"],
      ["two\nlines", 3],
    ],
  };
  assert.equal(toCsv(table), '\ufeffa,b\r\n"say ""x""","1,2"\r\n"two\nlines",3\r\n');
  assert.equal(toTabs(table), 'a\tb\nsay "x"\t1,2\ntwo lines\t3');
});
