// The address, which keeps what is asked for.

import { knownOverlays } from "./filters.js";
import { applyPreset, presetOf } from "./presets.js";
import { layers, noFilter, page, sent, state, tables, units, views } from "./state.js";

function chosenKey() {
  const { kind, id, row } = state.chosen;
  return (
    kind +
    ":" +
    (kind === "project" ? tables.projects.name[id] : id) +
    (row === undefined || units.countyRow.has(id) ? "" : ":" + row)
  );
}

/**
 * Write what is asked for into the address.
 * @param {boolean} [isStep] whether the reader can go back from it
 */
export function writeHash(isStep = false) {
  if (!page.ready) return;
  const map = views[0].map,
    centre = map.getCenter();
  /** @type {[string, any][]} */
  const parts = [
    ["v", [centre.lat.toFixed(3), centre.lng.toFixed(3), Math.round(map.getZoom() * 100) / 100].join()],
    ["l", state.layer || "-"],
    ["o", [...state.overlays].join()],
  ];
  const f = state.filter;
  if (state.view) parts.push(["p", state.view]);
  if (state.grouping) parts.push(["g", state.grouping]);
  for (const name of ["zone", "stage", "sector", "document", "year", "older"])
    if (f[name]) parts.push([name, f[name]]);
  parts.push(["domain", [...f.domain].join()]);
  if (state.chosen && state.chosen.kind !== "several") parts.push(["s", chosenKey()]);
  if (state.panels !== "all") parts.push(["panels", state.panels]);
  if (state.story) parts.push(["story", state.story]);
  if (state.comparing) {
    parts.push(["c", state.rightLayer || "-"]);
    if (state.swipe) parts.push(["swipe", 1]);
    if (state.rightFilter.document) parts.push(["cd", state.rightFilter.document]);
    if (state.rightFilter.year) parts.push(["cy", state.rightFilter.year]);
  }
  const hash =
    "#" +
    parts
      .map(([k, v]) => k + "=" + encodeURIComponent(v).replace(/%2C/g, ",").replace(/%3A/g, ":"))
      .join("&");
  const isSame = page.hash === hash;
  page.hash = hash;
  // A page inside an iframe by srcdoc may not change its address.
  try {
    if (isStep && !isSame) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  } catch {}
}

export function readHash(text) {
  const wanted = {};
  for (const part of text.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) {
      try {
        wanted[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1));
      } catch {}
    }
  }
  const preset = presetOf(wanted.p),
    isWhole = preset && !wanted.l && wanted.o === undefined;
  // A view alone is that view, with all that its button shows.
  if (isWhole) applyPreset(preset);
  if (wanted.l)
    state.layer = layers.some((layer) => layer.id === wanted.l)
      ? wanted.l
      : wanted.l === "-"
        ? null
        : state.layer;
  if (wanted.o !== undefined)
    state.overlays = new Set(wanted.o.split(",").filter((id) => knownOverlays().includes(id)));
  state.view = preset ? preset.id : "";
  state.panels = ["none", "legend"].includes(wanted.panels) ? wanted.panels : "all";
  state.story = Math.max(0, Math.min(sent.story.length, Number(wanted.story) || 0));
  const known = {
    zone: !!wanted.zone && wanted.zone.split("+").every((id) => tables.zoneRow.has(id)),
    stage: true,
    older: true,
    sector: tables.sectors && tables.sectors.id.includes(wanted.sector),
    document: tables.sourceRow && tables.sourceRow.has(wanted.document),
  };
  state.filter = noFilter(
    wanted.domain === undefined
      ? isWhole
        ? preset.domains
        : sent.domains
      : wanted.domain.split(",").filter(Boolean),
  );
  for (const name in known) if (wanted[name] && known[name]) state.filter[name] = wanted[name];
  state.filter.year = Number(wanted.year) || 0;
  state.grouping = tables.zoneRow.has(wanted.g) ? wanted.g : "";
  state.comparing = !!wanted.c;
  state.swipe = wanted.swipe === "1";
  if (wanted.c) {
    state.rightLayer = layers.some((layer) => layer.id === wanted.c) ? wanted.c : null;
    state.rightFilter = {};
    if (tables.sourceRow && tables.sourceRow.has(wanted.cd)) state.rightFilter.document = wanted.cd;
    if (Number(wanted.cy)) state.rightFilter.year = Number(wanted.cy);
  }
  return wanted;
}
