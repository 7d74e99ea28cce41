// Lists, sections and links of the panel.

import { h } from "./dom.js";
import { say, unitKind, unitName } from "./facts.js";
import { commands, units } from "./state.js";

// A list that opens in steps, so that a long one does not hold up the page.
export function listOf(items, draw, step = 40) {
  const list = h("ul", { class: "rk-list" });
  let shown = 0;
  const more = h("button", { class: "rk-more", onclick: () => grow() });
  const grow = () => {
    list.append(...items.slice(shown, shown + step).map((item) => h("li", {}, draw(item))));
    shown = Math.min(items.length, shown + step);
    more.hidden = shown >= items.length;
    more.textContent = say("more", items.length - shown);
  };
  grow();
  return [list, more];
}

export function section(title, count, ...body) {
  if (!body.flat(9).filter(Boolean).length) return null;
  return h("section", {}, h("h3", {}, title, count ? h("small", {}, " " + count) : null), body);
}

export function link(text, kind, id) {
  return h("button", { class: "rk-link", onclick: () => commands.select(kind, id, { zoom: true }) }, text);
}

export function unitLink(code) {
  const known = units.countyRow.has(code) || units.cityRow.has(code) || code === units.province[0];
  return known ? link(unitName(code), unitKind(code), code) : code;
}

export function joined(nodes) {
  return nodes.flatMap((node, i) => (i ? ["、", node] : [node]));
}
