// Printing.

import { h } from "./dom.js";
import { label, say, zoneRows } from "./facts.js";
import { boundsOf, fitSeen } from "./fit.js";
import { drawPicture } from "./picture.js";
import { commands, page, state, tables, views, words } from "./state.js";
import { storyPages } from "./story.js";

export function printPage(what) {
  page.root.dataset.print = what;
  window.print();
}

// On paper nobody sees what is filtered, nor when it was printed.
function printedLine() {
  const f = state.filter;
  const parts = [...f.domain].map((one) => label("domain", one));
  if (f.zone)
    parts.push(
      zoneRows(f.zone)
        .map((z) => tables.zones.short[z])
        .join(" + "),
    );
  if (f.stage) parts.push(f.stage === "-" ? words.noStage : label("stage", f.stage));
  if (f.sector) parts.push(tables.sectors.name[tables.sectors.id.indexOf(f.sector)]);
  if (f.document) parts.push(tables.sources.name[tables.sourceRow.get(f.document)]);
  if (f.year) parts.push(String(f.year));
  const now = new Date(),
    two = (n) => String(n).padStart(2, "0");
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  return " · " + words.filters + "：" + (parts.join("、") || words.all) + " · " + words.printedOn + " " + day;
}

// The map is laid out anew for the sheet, at once: there is no second chance before it prints.
export function beforePrint() {
  page.printing = true;
  if (state.story) page.root.dataset.print = "story";
  page.root.classList.add("rk-printing");
  page.root.classList.remove("rk-swiping");
  // What is folded away would be missing on paper.
  if (page.root.dataset.print === "panel")
    page.panel.querySelectorAll("details").forEach((one) => {
      one.open = true;
    });
  page.printed.textContent = printedLine();
  for (const view of views) {
    view.legend.open = true;
    view.bounds = view.map.getBounds();
    view.before = [view.map.getCenter(), view.map.getZoom()];
  }
  for (const view of views) view.map.invalidateSize({ pan: false, animate: false });
  // The second map follows the first.
  fitSeen(views[0].map, views[0].bounds);
  for (const view of views) view.paper.redraw();
  if (state.story) page.root.append(storyPages(mapPicture));
  else if (page.root.dataset.print === "panel") layPanel();
}

/** The map as a picture that stands on paper at its own size. */
function mapPicture() {
  const canvas = drawPicture(true),
    size = views[0].map.getSize();
  canvas.style.width = size.x + "px";
  canvas.style.height = size.y + "px";
  return canvas;
}

// Sizes of a panel's type on paper, pt; the smallest is the smallest that paper has.
const TYPE_SIZES = [8.5, 7.5, 6.5];

// So many items of a long list stand on a sheet that is too full.
const FIRST_ITEMS = 6;

/** A panel on one sheet: its map, its own targets, then the rest; what is long is counted. */
function layPanel() {
  const body = page.panel.querySelector(".rk-panel-body"),
    first = body.querySelector("section"),
    targets = body.querySelector("section.rk-targets"),
    { kind, id } = state.chosen,
    bounds = boundsOf(kind, id);
  if (targets && first !== targets) body.insertBefore(targets, first);
  if (bounds) {
    views[0].map.fitBounds(bounds, { animate: false, padding: [24, 24], maxZoom: 10 });
    views[0].paper.redraw();
    body.insertBefore(h("div", { class: "rk-print-map" }, mapPicture()), body.firstChild);
  }
  const isLong = () => body.scrollWidth > body.clientWidth + 2;
  for (const size of TYPE_SIZES) {
    body.style.fontSize = size + "pt";
    if (!isLong()) return;
  }
  const folded = [...body.querySelectorAll("details")].slice(targets ? 1 : 0).reverse();
  for (const one of folded) {
    one.open = false;
    if (!isLong()) return;
  }
  const lists = [...body.querySelectorAll("ul.rk-list")].filter((one) => one.children.length > FIRST_ITEMS);
  for (const list of lists.sort((a, b) => b.children.length - a.children.length)) {
    const rest = [...list.children].slice(FIRST_ITEMS);
    rest.forEach((one) => one.remove());
    list.append(h("li", {}, say("more", rest.length)));
    if (!isLong()) return;
  }
  // More than a sheet holds goes on on the next: nothing is cut off.
  page.root.classList.add("rk-print-long");
}

export function afterPrint() {
  const wasPanel = page.root.dataset.print === "panel";
  page.root.classList.remove("rk-printing", "rk-print-long");
  page.root.classList.toggle("rk-swiping", state.comparing && state.swipe);
  page.root.querySelectorAll(".rk-pages").forEach((one) => one.remove());
  page.printing = false;
  delete page.root.dataset.print;
  for (const view of views) view.map.invalidateSize({ pan: false, animate: false });
  if (views[0].before) views[0].map.setView(...views[0].before, { animate: false });
  if (wasPanel) commands.panel();
}
