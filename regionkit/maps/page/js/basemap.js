// Base maps, only when asked for.

import { h } from "./dom.js";
import { say } from "./facts.js";
import { page, sent } from "./state.js";

export function addBasemap(map) {
  const told = (text) => {
    page.base.textContent = text && " · " + text;
  };
  for (const tile of sent.basemap.tiles) {
    L.tileLayer(tile, {
      subdomains: sent.basemap.subdomains,
      attribution: h("span", {}, sent.basemap.name).innerHTML,
      maxZoom: 18,
    })
      .on("tileerror", () => told(say("noTiles", sent.basemap.name)))
      .on("tileload", () => told(""))
      .addTo(map);
  }
}
