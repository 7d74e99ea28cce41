// Two maps side by side.

import { addBasemap } from "./basemap.js";
import { fill, h } from "./dom.js";
import { partnerOf, planYears } from "./facts.js";
import { buildSide, documentOptions, option, pick } from "./filters.js";
import { fitSeen } from "./fit.js";
import { listenKeys } from "./keys.js";
import { PADDING } from "./paper.js";
import { commands, layers, page, sent, state, views, words } from "./state.js";
import { View } from "./view.js";

export function setComparing() {
  page.root.classList.toggle("rk-comparing", state.comparing);
  page.root.classList.toggle("rk-swiping", state.comparing && state.swipe);
  if (state.comparing && views.length === 1) {
    const other = h("div", { class: "rk-second" });
    page.second = h("div", { class: "rk-map rk-map-right" }, other);
    page.maps.append(page.second, swipeBar());
    const isApart = state.rightFilter.document || state.rightFilter.year;
    if (!state.rightLayer || (state.rightLayer === state.layer && !isApart))
      state.rightLayer = partnerOf(state.layer);
    const left = views[0].map,
      seen = left.getBounds();
    left.invalidateSize({ pan: false });
    fitSeen(left, seen);
    const map = L.map(other, {
      zoomSnap: left.options.zoomSnap,
      zoomControl: false,
      attributionControl: false,
    });
    map.setView(left.getCenter(), left.getZoom(), { animate: false });
    const view = new View(map, "right");
    views.push(view);
    view.draw();
    view.paper.options.padding = PADDING;
    view.paper.addTo(map);
    page.rightTools = h("div", { class: "rk-right-tools rk-noprint" });
    page.maps.append(page.rightTools);
    let busy = false;
    const follow = (from, to) => {
      const move = () => {
        if (busy) return;
        busy = true;
        to.setView(from.getCenter(), from.getZoom(), { animate: false });
        busy = false;
      };
      from.on("move", move);
      return move;
    };
    page.follow = follow(left, map);
    follow(map, left);
    listenKeys(view);
    if (sent.basemap) addBasemap(map);
  } else if (!state.comparing && views.length > 1) {
    const view = views.pop();
    view.map.off();
    view.map.remove();
    for (const one of [page.second, page.swipe, page.rightTools]) one.remove();
    page.pairs = null;
    views[0].map.off("move", page.follow);
    resizeMaps();
  }
  if (!state.comparing) return;
  resizeMaps();
  fillRightTools();
}

/** Maps in a place of another size show what they showed before. */
function resizeMaps() {
  const [left] = views.map((view) => view.map),
    seen = left.getBounds(),
    before = left.getSize();
  for (const view of views) view.map.invalidateSize({ pan: false });
  if (!left.getSize().equals(before)) fitSeen(left, seen);
}

/** The bar across two maps that lie one over the other; arrow keys move it too. */
function swipeBar() {
  const knob = h("input", {
    type: "range",
    min: "0",
    max: "1",
    step: "0.01",
    value: "0.5",
    "aria-label": words.swipe,
    oninput: () => page.maps.style.setProperty("--swipe", knob.value),
  });
  page.maps.style.setProperty("--swipe", knob.value);
  page.swipe = h("div", { class: "rk-swipe rk-noprint" }, h("i", {}), knob);
  return page.swipe;
}

// The right map has a theme, a document and a year of its own.
function fillRightTools() {
  const theme = h(
    "select",
    {
      "aria-label": words.rightMap + " " + words.layers,
      onchange: (e) => {
        state.rightLayer = e.target.value || null;
        commands.refresh("layer");
      },
    },
    option("", words.noLayer, state.rightLayer || ""),
    layers.map((layer) => {
      const one = option(layer.id, layer.title, state.rightLayer);
      // Never the same map twice.
      one.disabled = layer.id === state.layer;
      return one;
    }),
  );
  fill(
    page.rightTools,
    h(
      "div",
      { class: "rk-tools-row" },
      pairPicker(),
      h(
        "button",
        {
          "aria-pressed": String(state.swipe),
          onclick: () => {
            state.swipe = !state.swipe;
            commands.refresh("compare");
          },
        },
        state.swipe ? words.sideBySide : words.swipe,
      ),
    ),
    h(
      "div",
      { class: "rk-tools-row" },
      h("b", {}, words.rightMap),
      theme,
      sent.region
        ? [
            pick("document", documentOptions(), state.rightFilter),
            pick(
              "year",
              planYears().map((y) => [String(y), String(y)]),
              state.rightFilter,
            ),
          ]
        : null,
    ),
  );
}

// Pairs that are ready to be compared: two years, plan and actual, two documents.
function pairPicker() {
  if (!sent.pairs.length) return null;
  page.pairs = h(
    "select",
    { onchange: () => showPair(sent.pairs[page.pairs.value]) },
    option("", words.choosePair, ""),
    sent.pairs.map((pair, i) => option(String(i), pair.title, "")),
  );
  page.pairs.value = pairShown();
  return h("label", { class: "rk-pairs" }, words.pairs, page.pairs);
}

export function pairShown() {
  const at = sent.pairs.findIndex((pair) =>
    pair.left
      ? pair.left === state.layer && pair.right === state.rightLayer
      : pair.leftDocument === state.filter.document && pair.rightDocument === state.rightFilter.document,
  );
  return at < 0 ? "" : String(at);
}

function showPair(pair) {
  if (!pair) return;
  // Two years, or a year and its target, lie one over the other; two documents side by side.
  state.swipe = !!pair.left;
  if (pair.left) [state.layer, state.rightLayer] = [pair.left, pair.right];
  else {
    state.rightLayer = state.layer;
    state.overlays.add("projects");
  }
  // What the reader compares is no longer the view of a button.
  if (pair.left) state.view = "";
  state.filter.document = pair.leftDocument || "";
  state.filter.year = 0;
  state.rightFilter = pair.rightDocument ? { document: pair.rightDocument } : {};
  buildSide();
  commands.refresh("compare");
}
