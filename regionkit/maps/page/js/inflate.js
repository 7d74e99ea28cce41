// Bytes as they were before they were deflated (RFC 1951), for browsers before Chromium 103.

const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MOST_BITS = 15;

/** A canonical code from the lengths of its symbols: how many of each length, and symbols in order. */
function makeCode(lengths) {
  const counts = new Uint16Array(MOST_BITS + 1),
    starts = new Uint16Array(MOST_BITS + 1),
    symbols = [];
  for (const length of lengths) counts[length] += 1;
  counts[0] = 0;
  for (let bits = 1; bits < MOST_BITS; bits++) starts[bits + 1] = starts[bits] + counts[bits];
  lengths.forEach((length, symbol) => {
    if (length) symbols[starts[length]++] = symbol;
  });
  return { counts, symbols };
}

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
export function inflate(bytes) {
  let at = 0,
    held = 0,
    nHeld = 0,
    size = 0,
    out = new Uint8Array(4 * bytes.length + 64);

  const take = (n) => {
    while (nHeld < n) {
      if (at >= bytes.length) throw new Error("inflate: the data end too early");
      held |= bytes[at++] << nHeld;
      nHeld += 8;
    }
    const value = held & ((1 << n) - 1);
    held >>>= n;
    nHeld -= n;
    return value;
  };
  const readSymbol = ({ counts, symbols }) => {
    let code = 0,
      first = 0,
      index = 0;
    for (let bits = 1; bits <= MOST_BITS; bits++) {
      code |= take(1);
      const count = counts[bits];
      if (code - count < first) return symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Error("inflate: no such code");
  };
  const need = (n) => {
    if (size + n <= out.length) return;
    const larger = new Uint8Array(2 * (size + n));
    larger.set(out);
    out = larger;
  };
  const readCodes = () => {
    const nLengths = take(5) + 257,
      nDistances = take(5) + 1,
      nCodes = take(4) + 4,
      short = new Array(19).fill(0),
      lengths = [];
    for (let k = 0; k < nCodes; k++) short[CODE_ORDER[k]] = take(3);
    const code = makeCode(short);
    while (lengths.length < nLengths + nDistances) {
      const symbol = readSymbol(code);
      if (symbol < 16) lengths.push(symbol);
      else {
        const value = symbol === 16 ? lengths[lengths.length - 1] : 0;
        let times = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
        while (times--) lengths.push(value);
      }
    }
    return [makeCode(lengths.slice(0, nLengths)), makeCode(lengths.slice(nLengths, nLengths + nDistances))];
  };
  const fixedCodes = () => {
    const lengths = [];
    for (let k = 0; k < 288; k++) lengths.push(k < 144 ? 8 : k < 256 ? 9 : k < 280 ? 7 : 8);
    return [makeCode(lengths), makeCode(new Array(30).fill(5))];
  };

  let isLast = 0;
  while (!isLast) {
    isLast = take(1);
    const kind = take(2);
    if (kind === 0) {
      held = 0;
      nHeld = 0;
      const length = bytes[at] | (bytes[at + 1] << 8);
      at += 4;
      need(length);
      out.set(bytes.subarray(at, at + length), size);
      at += length;
      size += length;
      continue;
    }
    if (kind === 3) throw new Error("inflate: no such block");
    const [literals, distances] = kind === 1 ? fixedCodes() : readCodes();
    for (;;) {
      const symbol = readSymbol(literals);
      if (symbol === 256) break;
      if (symbol < 256) {
        need(1);
        out[size++] = symbol;
        continue;
      }
      const length = LENGTHS[symbol - 257] + take(LENGTH_BITS[symbol - 257]);
      const which = readSymbol(distances);
      const distance = DISTANCES[which] + take(which < 4 ? 0 : (which >> 1) - 1);
      need(length);
      for (let k = 0; k < length; k++, size++) out[size] = out[size - distance];
    }
  }
  return out.subarray(0, size);
}
