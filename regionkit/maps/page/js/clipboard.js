// What goes to the clipboard and into files.

import { toHtml, toTabs } from "./csv.js";
import { h } from "./dom.js";

/**
 * Put several forms of one thing on the clipboard; the program that pastes takes the one it likes.
 * @param {{[type: string]: string}} forms
 * @param {HTMLElement} within
 */
function copyForms(forms, within) {
  const area = h("textarea", { class: "rk-hidden" }, forms["text/plain"]);
  within.append(area);
  area.select();
  const give = (event) => {
    for (const type in forms) event.clipboardData.setData(type, forms[type]);
    event.preventDefault();
  };
  document.addEventListener("copy", give);
  document.execCommand("copy");
  document.removeEventListener("copy", give);
  area.remove();
}

/** A table as HTML and as text. */
export function copyTable(table, within) {
  copyForms({ "text/plain": toTabs(table), "text/html": toHtml(table) }, within);
}

export function copyText(text, within) {
  copyForms({ "text/plain": text }, within);
}

/** Offer a file to be saved. */
export function saveBlob(blob, name) {
  const address = URL.createObjectURL(blob);
  const anchor = h("a", { href: address, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
