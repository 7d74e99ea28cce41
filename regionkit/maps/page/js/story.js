// A story in the same file: chapters, each a sentence and what the map shows with it.

import { h } from "./dom.js";
import { filterProjects, say } from "./facts.js";
import { groupCounts } from "./listing.js";
import { commands, sent, state, words } from "./state.js";

/** The list of chapters, in the bar. */
export function storyBar() {
  return h(
    "ol",
    { class: "rk-chapters rk-noprint", "aria-label": words.story },
    sent.story.map((chapter, k) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            "aria-current": state.story === k + 1 ? "step" : null,
            onclick: () => commands.tell(k + 1),
          },
          chapter.title,
        ),
      ),
    ),
    h("li", { class: "rk-chapter-at" }, say("chapterOf", state.story, sent.story.length)),
    h(
      "li",
      {},
      h("button", { class: "rk-close", "aria-label": words.close, onclick: () => commands.tell(0) }, "×"),
    ),
  );
}

/** The panel of a chapter: title, sentence, and buttons to those before and after it. */
export function storyPanel() {
  const n = state.story,
    chapter = sent.story[n - 1],
    towards = (to, mark) =>
      to < 1 || to > sent.story.length
        ? h("span", {})
        : h(
            "button",
            { class: to > n ? "rk-next" : "", onclick: () => commands.tell(to) },
            mark(sent.story[to - 1].title),
          );
  const rows = state.overlays.has("projects") ? filterProjects() : [];
  return [
    h("p", { class: "rk-note" }, n === 1 ? sent.title : String(n)),
    h("h2", { class: "rk-message", id: "rk-panel-title", tabindex: "-1" }, chapter.title),
    h("p", { class: "rk-telling-text" }, chapter.text),
    rows.length
      ? h("p", { class: "rk-note" }, say("nProjects", rows.length) + "：" + groupCounts(rows))
      : null,
    n === sent.story.length ? h("p", { class: "rk-note" }, sent.source) : null,
    h(
      "div",
      { class: "rk-steps rk-noprint" },
      towards(n - 1, (title) => "‹ " + title),
      towards(n + 1, (title) => title + " ›"),
    ),
  ];
}
