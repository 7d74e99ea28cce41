// Keys of a map.

import { readPoint } from "./plane.js";
import { commands, page, state, units } from "./state.js";
import { describe } from "./tip.js";

export function listenKeys(view) {
  const box = view.map.getContainer();
  box.tabIndex = 0;
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "n" || key === "p") {
      const size = units.counties.id.length;
      if (!size) return;
      const now = state.cursor === undefined ? (key === "n" ? -1 : size) : state.cursor;
      state.cursor = (now + (key === "n" ? 1 : size - 1)) % size;
      const id = units.counties.id[state.cursor];
      const rk = { kind: "county", id, row: state.cursor };
      page.live.textContent = describe(rk, view.layer).join("，");
      view.map.panInside(readPoint(units.counties.at[state.cursor]), { padding: [60, 60], animate: false });
      const point = view.map.latLngToContainerPoint(readPoint(units.counties.at[state.cursor]));
      view.cursor = rk;
      view.paper.redraw();
      view.showTip({ rk, containerPoint: point });
    } else if (key === "enter" && state.cursor !== undefined)
      commands.select("county", units.counties.id[state.cursor], { focus: true });
  });
}
