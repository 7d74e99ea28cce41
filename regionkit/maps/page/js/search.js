// Search by name, other name or initials.

import { fill, h } from "./dom.js";
import { fullName, unitKind, unitName } from "./facts.js";
import { commands, layers, ownShapes, page, sent, tables, units, words } from "./state.js";

function searchItems() {
  const items = [];
  const add = (text, kind, id, name) => items.push({ text, kind, id, name: name || text });
  if (sent.region) add(units.province[1], "province", units.province[0]);
  units.cities.id.forEach((code, row) => add(units.cities.name[row], "city", code));
  units.counties.id.forEach((code, row) => add(units.counties.name[row], "county", code, fullName(code)));
  tables.zones.id.forEach((id, z) => {
    add(tables.zones.name[z], "zone", id);
    if (tables.zones.short[z] !== tables.zones.name[z])
      add(tables.zones.short[z], "zone", id, tables.zones.short[z] + "（" + tables.zones.name[z] + "）");
  });
  tables.aliases.name.forEach((alias, row) => {
    const code = tables.aliases.adcode[row];
    add(alias, unitKind(code), code, alias + "：" + fullName(code));
  });
  for (const code of !sent.region ? [] : [units.province[0], ...units.cities.id, ...units.counties.id])
    add(code, unitKind(code), code, code + "：" + fullName(code));
  tables.clusters.name.forEach((name, row) => add(name, "cluster", tables.clusters.cluster_id[row]));
  tables.places.name.forEach((name, row) =>
    add(
      name,
      "place",
      tables.places.id[row],
      name + (tables.places.adcode[row] ? "（" + unitName(tables.places.adcode[row]) + "）" : ""),
    ),
  );
  // A document may call a project by its city alone: that name is the city's.
  const isUnit = new Set([...units.cities.short, ...units.cities.name, ...units.counties.name]);
  tables.projects.named.forEach((names, i) => {
    names.forEach((name, k) => {
      if (!k || !isUnit.has(name)) add(name, "project", i, k ? name + "：" + names[0] : name);
    });
    const name = names[0];
    // Asked for without its city it is a whole name still: 庄河抽水蓄能电站, in the plan 大连庄河抽水蓄能电站.
    const city = units.cities.short.find(
      (one) => one && name.startsWith(one) && name.length > one.length + 2,
    );
    if (city) items.push({ text: name.slice(city.length), kind: "project", id: i, name, isWhole: true });
  });
  // What a thing is called beside its names, as Python knows it.
  const nameOf = (kind, id) =>
    kind === "zone"
      ? tables.zones.name[tables.zones.id.indexOf(id)]
      : kind === "cluster"
        ? tables.clusters.name[tables.clusters.cluster_id.indexOf(id)]
        : kind === "place"
          ? tables.places.name[tables.places.id.indexOf(id)]
          : id;
  tables.called.word.forEach((word, row) => {
    const [kind, id] = [tables.called.kind[row], tables.called.of[row]];
    if (nameOf(kind, id)) add(word, kind, id, word + "：" + nameOf(kind, id));
  });
  for (const layer of layers) {
    if (ownShapes[layer.level])
      ownShapes[layer.level].names.forEach((name, row) =>
        items.push({ text: name, kind: "custom", id: layer.id, row, name }),
      );
  }
  for (const own of sent.marks)
    own.names.forEach((name, row) => items.push({ text: name, kind: "mark", id: own.id, row, name }));
  for (const layer of layers) if (layer.main) add(layer.name || layer.title, "layer", layer.id);
  const indicators = new Set(tables.targets.indicator);
  for (const name of indicators) add(name, "target", name);
  return items.filter((item) => item.text);
}

// Whether a text holds a word: as it stands, or letter for letter by the initials of its reading.
export function findWord(text, word) {
  const at = text.toLowerCase().indexOf(word);
  if (at >= 0) return text.length === word.length ? 4 : at === 0 ? 3 : 2;
  if (!/^[a-z]+$/.test(word)) return findLetters(text, word);
  const fits = (from) =>
    [...word].every((letter, k) => {
      const sign = text[from + k];
      return sign && ((tables.search.initials[letter] || "").includes(sign) || sign.toLowerCase() === letter);
    });
  for (let from = 0; from + word.length <= text.length; from++) if (fits(from)) return from ? 0.5 : 1;
  return 0;
}

// An abbreviation: its letters stand in the text in their order, the first where a word may begin.
function findLetters(text, word) {
  if (word.length < 3 || text.length < word.length || !/[\u3400-\u9fff]/.test(word)) return 0;
  let at = -1,
    first = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return 0;
    if (first < 0) first = at;
  }
  // What is left out between, before and after: the thing itself comes before what is named after it.
  return 0.9 - (text.length - word.length) / 100;
}

export function search(text) {
  const word = text.trim().toLowerCase().replace(/\s+/g, " ");
  if (!word || !page.facts) return [];
  page.items = page.items || searchItems();
  const hits = [];
  for (const item of page.items) {
    const score = findWord(item.text, word);
    if (item.isWhole ? score === 4 : score)
      hits.push([score - (item.kind === "project" ? 0.25 : 0) - item.text.length / 1000, item]);
  }
  const seen = new Set();
  return hits
    .sort((a, b) => b[0] - a[0])
    .map((hit) => hit[1])
    .filter((item) => {
      const key = item.kind + item.id + (item.row === undefined ? "" : item.row);
      return seen.has(key) ? false : seen.add(key);
    })
    .slice(0, 30);
}

export function makeSearch() {
  const input = h("input", {
    type: "search",
    placeholder: words.search,
    "aria-label": words.search,
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "rk-hits",
    "aria-autocomplete": "list",
    autocomplete: "off",
  });
  const list = h("ul", { id: "rk-hits", role: "listbox", hidden: true });
  let hits = [],
    at = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    at = -1;
  };
  const go = (hit) => {
    input.value = hit.text;
    close();
    if (hit.kind === "layer") commands.layer(hit.id);
    else if (hit.kind === "target") commands.table("targets", hit.id);
    else commands.select(hit.kind, hit.id, { zoom: true, row: hit.row, focus: true });
  };
  const mark = () => {
    [...list.children].forEach((item, k) => item.setAttribute("aria-selected", String(k === at)));
    const item = list.children[at];
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
  };
  input.addEventListener("input", () => {
    hits = search(input.value);
    at = hits.length ? 0 : -1;
    fill(
      list,
      hits.length
        ? hits.map((hit, k) =>
            h(
              "li",
              {
                role: "option",
                id: "rk-hit-" + k,
                onmousedown: (event) => {
                  event.preventDefault();
                  go(hit);
                },
              },
              hit.name,
              h("small", {}, " " + words[hit.kind === "mark" ? "custom" : hit.kind]),
            ),
          )
        : [h("li", { class: "rk-note" }, words.noHit)],
    );
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = Math.max(0, Math.min(hits.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)));
      mark();
      event.preventDefault();
    } else if (event.key === "Enter" && hits[at]) go(hits[at]);
    else if (event.key === "Escape") close();
  });
  input.addEventListener("blur", close);
  return h("div", { class: "rk-search rk-noprint" }, input, list);
}
