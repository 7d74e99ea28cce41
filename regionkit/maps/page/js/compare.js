// Two maps side by side.

import { addBasemap } from "./basemap.js";
import { fill, h } from "./dom.js";
import { planYears } from "./facts.js";
import { buildSide, documentOptions, option, pick } from "./filters.js";
import { fitSeen } from "./fit.js";
import { listenKeys } from "./keys.js";
import { PADDING } from "./paper.js";
import { commands, layers, page, sent, state, views, words } from "./state.js";
import { View } from "./view.js";

export function setComparing() {
  page.root.classList.toggle("rk-comparing", state.comparing);
  if (state.comparing && views.length === 1) {
    const other = h("div", { class: "rk-second" });
    page.maps.append(h("div", { class: "rk-map rk-map-right" }, other));
    state.rightLayer = state.rightLayer || partnerOf(state.layer);
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
    other.parentNode.append(page.rightTools);
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
    page.maps.lastChild.remove();
    page.pairs = null;
    views[0].map.off("move", page.follow);
    views[0].map.invalidateSize({ pan: false });
  }
  if (state.comparing) fillRightTools();
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
    layers.map((layer) => option(layer.id, layer.title, state.rightLayer)),
  );
  fill(
    page.rightTools,
    pairPicker(),
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
  if (pair.left) [state.layer, state.rightLayer] = [pair.left, pair.right];
  else {
    state.rightLayer = state.layer;
    state.overlays.add("projects");
  }
  state.filter.document = pair.leftDocument || "";
  state.filter.year = 0;
  state.rightFilter = pair.rightDocument ? { document: pair.rightDocument } : {};
  buildSide();
  commands.refresh("compare");
}

// What a theme is most often compared with.
function partnerOf(id) {
  const pair = sent.pairs.find((one) => id && (one.left === id || one.right === id));
  if (pair) return pair.left === id ? pair.right : pair.left;
  // Never the same map twice.
  const other = layers.find((layer) => layer.main && layer.id !== id);
  return other ? other.id : id;
}
