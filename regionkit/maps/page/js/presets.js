// Views that have a button: what each shows is Python's.

import { h } from "./dom.js";
import { commands, noFilter, sent, state, words } from "./state.js";

export function presetOf(id) {
  return sent.presets.find((one) => one.id === id);
}

/** Show a view: its choropleth, its overlays and its projects, whatever was filtered before. */
export function applyPreset(preset) {
  const kept = [...state.overlays].filter((id) => id !== "projects" && id !== "zones");
  state.view = preset.id;
  state.layer = preset.layer;
  state.overlays = new Set([...kept, ...preset.overlays]);
  state.filter = noFilter(preset.domains);
  state.listed = 0;
}

export function presetButtons() {
  if (!sent.presets.length) return null;
  return h(
    "div",
    { class: "rk-views rk-noprint", role: "group", "aria-label": words.views },
    sent.presets.map((preset) =>
      h(
        "button",
        { "data-view": preset.id, "aria-pressed": "false", onclick: () => commands.show(preset.id) },
        preset.title,
      ),
    ),
  );
}
