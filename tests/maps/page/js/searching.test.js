import assert from "node:assert/strict";
import { test } from "node:test";
import { search } from "../../../../regionkit/maps/page/js/search.js";
import { page, sent, tables, units } from "../../../../regionkit/maps/page/js/state.js";

Object.assign(sent, { region: "", marks: [] });
Object.assign(units, { cities: { id: [], name: [], short: [] }, counties: { id: [], name: [] } });
Object.assign(tables, {
  zones: { id: ["shen-da"], name: ["沈大经济走廊"], short: ["沈大经济走廊"] },
  aliases: { name: [], adcode: [] },
  clusters: { name: ["绿色石化及精细化工产业集群"], cluster_id: ["green"] },
  places: { name: ["沈阳桃仙国际机场"], id: ["taoxian"], adcode: [""] },
  projects: { name: ["大连港"], named: [["大连港", "大连港口群"]] },
  targets: { indicator: [] },
  search: { initials: {} },
  called: {
    word: ["化工集群", "桃仙机场", "沈大走廊"],
    kind: ["cluster", "place", "zone"],
    of: ["green", "taoxian", "shen-da"],
  },
});
page.facts = true;

test("a port, a cluster and a corridor are found as the command finds them", () => {
  for (const [word, kind, id] of [
    ["大连港", "project", 0],
    ["大连港口群", "project", 0],
    ["化工集群", "cluster", "green"],
    ["桃仙机场", "place", "taoxian"],
    ["沈大走廊", "zone", "shen-da"],
  ]) {
    const [hit] = search(String(word));
    assert.deepEqual([hit.kind, hit.id], [kind, id], String(word));
  }
});
