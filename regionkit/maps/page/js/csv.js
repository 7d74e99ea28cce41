// Tables as text.

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
