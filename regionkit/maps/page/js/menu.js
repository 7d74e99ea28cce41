// The one menu of the bar.

import { h } from "./dom.js";
import { words } from "./state.js";

/**
 * A button that opens a list of things to do.
 * @param {[string, function][]} entries key of the word, and what it does
 */
export function makeMenu(entries) {
  const list = h("ul", { class: "rk-menu-list", role: "menu", hidden: true });
  const button = h(
    "button",
    { class: "rk-menu", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": words.more_menu },
    "⋯",
  );
  const close = () => {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
  };
  for (const [key, act] of entries) {
    list.append(
      h(
        "li",
        { role: "none" },
        h(
          "button",
          {
            role: "menuitem",
            "data-act": key,
            onclick: () => {
              close();
              act();
            },
          },
          words[key],
        ),
      ),
    );
  }
  button.addEventListener("click", () => {
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) list.querySelector("button").focus();
  });
  list.addEventListener("keydown", (event) => {
    const items = [...list.querySelectorAll("button")],
      at = items.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      button.focus();
      event.stopPropagation();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      items[(at + step + items.length) % items.length].focus();
      event.preventDefault();
    }
  });
  document.addEventListener("mousedown", (event) => {
    if (!list.hidden && !list.contains(/** @type {Node} */ (event.target)) && event.target !== button)
      close();
  });
  return h("div", { class: "rk-menu-box rk-noprint" }, button, list);
}
