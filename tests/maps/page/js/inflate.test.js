import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, deflateRawSync } from "node:zlib";
import { inflate } from "../../../../regionkit/maps/page/js/inflate.js";

const noise = (size) => {
  let seed = 7;
  return Uint8Array.from({ length: size }, () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16);
};
const INPUTS = {
  empty: new Uint8Array(0),
  short: Buffer.from("辽宁"),
  repeated: Buffer.from("沈阳都市圈".repeat(5000)),
  noise: noise(70000),
  mixed: Buffer.concat([Buffer.from("abc".repeat(40)), noise(3000), Buffer.alloc(40000)]),
};

for (const [name, input] of Object.entries(INPUTS)) {
  for (const level of [0, 1, 9]) {
    for (const strategy of [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED]) {
      test(`${name}, level ${level}, strategy ${strategy}`, () => {
        const back = inflate(deflateRawSync(input, { level, strategy }));
        assert.equal(Buffer.compare(Buffer.from(back), Buffer.from(input)), 0);
      });
    }
  }
}

test("data that end too early are told", () => {
  const cut = deflateRawSync(INPUTS.repeated).subarray(0, 20);
  assert.throws(() => inflate(cut), /too early/);
});
