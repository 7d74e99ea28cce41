// A story in the same file: chapters, each a sentence and what the map shows with it.

import { h } from "./dom.js";
import { filterProjects, say } from "./facts.js";
import { groupCounts } from "./listing.js";
import { commands, page, sent, state, views, words } from "./state.js";

/** How many chapters stand before one, itself counted; and how many there are, covers left out. */
function chapterNumber(at) {
  const isTold = (one) => !one.kind;
  return [sent.story.slice(0, at).filter(isTold).length, sent.story.filter(isTold).length];
}

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
          chapter.kind === "start" ? words.storyStart : chapter.title,
        ),
      ),
    ),
    h(
      "li",
      { class: "rk-chapter-at" },
      sent.story[state.story - 1].kind ? "" : say("chapterOf", ...chapterNumber(state.story)),
    ),
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
            mark(sent.story[to - 1].kind === "start" ? words.storyStart : sent.story[to - 1].title),
          );
  const rows = state.overlays.has("projects") ? filterProjects() : [];
  return [
    h("p", { class: "rk-note" }, chapter.kind ? sent.plan : say("chapterOf", ...chapterNumber(n))),
    h("h2", { class: "rk-message", id: "rk-panel-title", tabindex: "-1" }, chapter.title),
    h("p", { class: "rk-telling-text" }, chapter.text),
    rows.length
      ? h("p", { class: "rk-note" }, say("nProjects", rows.length) + "：" + groupCounts(rows))
      : null,
    chapter.kind === "start" ? contents() : null,
    chapter.kind === "end" ? [h("p", {}, sent.source), h("p", { class: "rk-note" }, words.basisHelp)] : null,
    h(
      "div",
      { class: "rk-steps rk-noprint" },
      towards(n - 1, (title) => "‹ " + title),
      chapter.kind === "end"
        ? h("button", { class: "rk-next", onclick: () => commands.tell(1) }, words.storyStart + " ↺")
        : towards(n + 1, (title) => title + " ›"),
    ),
    chapter.kind
      ? h(
          "p",
          { class: "rk-noprint" },
          h("button", { class: "rk-link", onclick: () => window.print() }, words.printStory),
        )
      : null,
  ];
}

/** The chapters with their numbers, on the first page. */
function contents() {
  return h(
    "ol",
    { class: "rk-contents" },
    sent.story.map((one, k) =>
      one.kind
        ? null
        : h("li", {}, h("button", { class: "rk-link", onclick: () => commands.tell(k + 1) }, one.title)),
    ),
  );
}

/** Every chapter as a page of its own: its words beside its map. The map has its size on paper. */
export function storyPages(drawMap) {
  const at = state.story;
  const pages = sent.story.map((_, k) => {
    commands.tell(k + 1, true);
    const shown = page.panel.firstChild.cloneNode(true);
    shown.querySelectorAll(".rk-noprint").forEach((one) => one.remove());
    const legend = views[0].legend.querySelector(".rk-legends"),
      key = legend ? legend.cloneNode(true) : null;
    return h("section", { class: "rk-one-page" }, h("div", {}, ...shown.childNodes, key), drawMap());
  });
  commands.tell(at, true);
  return h("div", { class: "rk-pages" }, pages);
}
