// Tables as text: for a file, for the clipboard, for a document; and their order.

// A cell that a spreadsheet would take for a formula is made text; plain numbers stay numbers.
export function safeCell(value) {
  const text = String(value);
  return /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? "'" + text : text;
}

export function toCsv(table) {
  const cell = (value) => {
    const text = safeCell(value);
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  };
  // The mark at the head makes spreadsheets read it as UTF-8.
  return "\ufeff" + [table.head, ...table.rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

export function toTabs(table) {
  const cell = (value) => safeCell(value).replace(/[\t\r\n]+/g, " ");
  return [table.head, ...table.rows].map((row) => row.map(cell).join("\t")).join("\n");
}

const HTML_SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A table as HTML, so that Word and WPS paste a table. */
export function toHtml(table) {
  const cell = (value) => String(value).replace(/[&<>"]/g, (sign) => HTML_SIGNS[sign]);
  const row = (cells, tag) => "<tr>" + cells.map((one) => `<${tag}>${cell(one)}</${tag}>`).join("") + "</tr>";
  return (
    '<table border="1" cellspacing="0"><thead>' +
    row(table.head, "th") +
    "</thead><tbody>" +
    table.rows.map((cells) => row(cells, "td")).join("") +
    "</tbody></table>"
  );
}

/** The number that a cell begins with; null for none. */
function numberOf(value) {
  if (typeof value === "number") return value;
  const text = String(value).replace(/,/g, "");
  return /^[-−+]?\d+(\.\d+)?/.test(text) ? Number.parseFloat(text.replace("−", "-")) : null;
}

/** Places of rows in the order of a column: numbers by size, blanks last; as they are for -1. */
export function sortRows(rows, column, isUp) {
  const places = rows.map((_, k) => k);
  if (column < 0) return places;
  const keys = rows.map((row) => {
    const value = row[column];
    return value === "" || value === null || value === undefined ? null : value;
  });
  const filled = keys.filter((key) => key !== null);
  const isNumeric = filled.length > 0 && filled.every((key) => numberOf(key) !== null);
  const collator = new Intl.Collator("zh");
  const compare = (a, b) => (isNumeric ? numberOf(a) - numberOf(b) : collator.compare(String(a), String(b)));
  return places.sort((a, b) => {
    if (keys[a] === null || keys[b] === null)
      return Number(keys[a] === null) - Number(keys[b] === null) || a - b;
    return (isUp ? 1 : -1) * compare(keys[a], keys[b]) || a - b;
  });
}

/**
 * What a row must hold: every word in some cell, one in quotes as a cell of its own.
 * @param {string} asked
 * @returns {(row: any[]) => boolean}
 */
export function holds(asked) {
  const parts = asked.toLowerCase().match(/"[^"]*"|\S+/g) || [];
  return (row) => {
    const cells = row.map((cell) => String(cell).toLowerCase());
    return parts.every((word) =>
      word.length > 2 && word.startsWith('"') && word.endsWith('"')
        ? cells.includes(word.slice(1, -1))
        : cells.some((cell) => cell.includes(word)),
    );
  };
}
