// Printing.

import { label, zoneRows } from "./facts.js";
import { fitSeen } from "./fit.js";
import { page, state, tables, views, words } from "./state.js";

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
  page.root.classList.add("rk-printing");
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
}

export function afterPrint() {
  page.root.classList.remove("rk-printing");
  delete page.root.dataset.print;
  for (const view of views) view.map.invalidateSize({ pan: false, animate: false });
  if (views[0].before) views[0].map.setView(...views[0].before, { animate: false });
}
