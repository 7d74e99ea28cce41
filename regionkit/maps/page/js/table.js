// Tables, and the help.

import { layerTable, readLayer } from "./areas.js";
import { copyTable, saveBlob } from "./clipboard.js";
import { holds, sortRows, toCsv } from "./csv.js";
import { fill, h } from "./dom.js";
import { citationText, formatNumber, label, rowsWhere, say, unitName } from "./facts.js";
import { markTable } from "./marks.js";
import { taskCodes } from "./panel.js";
import { projectTable } from "./projects.js";
import { commands, layers, page, sent, tables, words } from "./state.js";
import { scopeName } from "./targets.js";

export function allTables() {
  const makers = layers.map((layer) => ({
    id: layer.id,
    title: layer.title,
    make: () => layerTable(readLayer(layer)),
  }));
  for (const own of sent.marks) makers.push({ id: own.id, title: own.title, make: () => markTable(own) });
  if (!sent.region || !page.facts) return makers;
  const Z = tables.zones,
    M = tables.memberships,
    K = tables.tasks,
    C = tables.clusters,
    G = tables.targets;
  makers.push(
    { id: "projects", title: words.projects, make: projectTable },
    {
      id: "zones",
      title: words.belongs,
      make: () => ({
        id: "zones",
        title: words.belongs,
        head: [words.zone, words.members, words.role, words.source, words.note],
        rows: M.zone_id.map((id, row) => [
          Z.name[tables.zoneRow.get(id)],
          unitName(M.adcode[row]),
          label("member_role", M.role[row]),
          citationText(M, row),
          M.note[row] || "",
        ]),
        open: M.zone_id.map((id) => () => commands.select("zone", id, { zoom: true, focus: true })),
      }),
    },
    {
      id: "targets",
      title: words.targets,
      make: () => ({
        id: "targets",
        title: words.targets,
        head: [words.name, words.level, words.scope, words.value, words.year, words.source, words.note],
        rows: G.indicator.map((name, row) => [
          name,
          label("scope_kind", G.scope_kind[row]),
          scopeName(row),
          G.words[row],
          String(G.target_year[row] || ""),
          citationText(G, row),
          G.note[row] || "",
        ]),
        open: [],
      }),
    },
    {
      id: "clusters",
      title: words.clustersHere,
      make: () => ({
        id: "clusters",
        title: words.clustersHere,
        head: [words.name, words.tier, words.revenue, words.year, words.touches, words.source],
        rows: C.name.map((name, row) => [
          name,
          label("tier", C.tier[row]),
          C.revenue_target_100m_cny[row] === null ? "" : C.revenue_target_100m_cny[row],
          String(C.target_year[row] || ""),
          rowsWhere(tables.cluster_places.cluster_id, (id) => id === C.cluster_id[row])
            .map((r) => unitName(tables.cluster_places.adcode[r]))
            .join("、"),
          citationText(C, row),
        ]),
        open: C.cluster_id.map((id) => () => commands.select("cluster", id, { focus: true })),
      }),
    },
    {
      id: "tasks",
      title: words.tasksHere,
      make: () => ({
        id: "tasks",
        title: words.tasksHere,
        head: [words.name, words.touches, words.lead, words.source, words.note],
        rows: K.title.map((title, row) => [
          title,
          taskCodes(row).map(unitName).join("、"),
          K.lead[row] || "",
          citationText(K, row),
          K.note[row] || "",
        ]),
        open: [],
      }),
    },
  );
  return makers;
}

// Rows of this height are drawn only where they are seen, in tables of more than MOST rows.
const ROW_PX = 29;
const MOST = 400;

/**
 * Open a table; what the filters leave comes first.
 * @param {string} id
 * @param {string} [text] only rows that hold it
 */
export function openTable(id, text = "") {
  const makers = allTables();
  const made = (makers.find((one) => one.id === id) || makers[0]).make();
  const status = h("span", { role: "status" });
  const body = h("tbody", {});
  const caption = h("caption", {});
  const find = h("input", { type: "search", "aria-label": words.filterRows, placeholder: words.filterRows });
  find.value = text;
  let order = sortRows(made.rows, -1, true),
    by = -1,
    isUp = true;
  const isLong = made.rows.length > MOST;
  const drawRow = (k) =>
    h(
      "tr",
      { "aria-rowindex": String(k + 1) },
      made.rows[k].map((value, c) =>
        h(
          c ? "td" : "th",
          c ? { title: isLong ? String(value) : null } : { scope: "row" },
          !c && made.open[k]
            ? h(
                "button",
                {
                  class: "rk-link",
                  onclick: () => {
                    dialog.close();
                    made.open[k]();
                  },
                },
                String(value),
              )
            : formatNumber(value),
        ),
      ),
    );
  const space = (n) => {
    const row = h(
      "tr",
      { class: "rk-space", "aria-hidden": "true" },
      h("td", { colspan: String(made.head.length) }),
    );
    row.style.height = n * ROW_PX + "px";
    return row;
  };
  let drawnFrom = -1;
  const drawRows = () => {
    if (!isLong) {
      fill(body, order.map(drawRow));
      return;
    }
    const seen = Math.ceil(scroll.clientHeight / ROW_PX) + 30,
      from = Math.max(0, Math.min(order.length - seen, Math.floor(scroll.scrollTop / ROW_PX) - 15));
    if (from === drawnFrom) return;
    drawnFrom = from;
    const to = Math.min(order.length, from + seen);
    fill(
      body,
      from ? space(from) : null,
      order.slice(from, to).map(drawRow),
      to < order.length ? space(order.length - to) : null,
    );
  };
  const arrange = () => {
    const word = find.value.trim().toLowerCase();
    const held = holds(word);
    order = sortRows(made.rows, by, isUp).filter((k) => held(made.rows[k]));
    caption.textContent = say("tableOf", made.title, order.length);
    drawnFrom = -1;
    drawRows();
  };
  const heads = made.head.map((name, c) =>
    h(
      "th",
      { scope: "col", "aria-sort": "none" },
      h(
        "button",
        {
          class: "rk-sort",
          onclick: () => {
            isUp = by === c ? !isUp : true;
            by = c;
            heads.forEach((head, other) =>
              head.setAttribute("aria-sort", other !== c ? "none" : isUp ? "ascending" : "descending"),
            );
            arrange();
          },
        },
        name,
      ),
    ),
  );
  find.addEventListener("input", arrange);
  const choose = h(
    "select",
    {
      "aria-label": words.chooseTable,
      onchange: () => {
        dialog.close();
        openTable(choose.value);
      },
    },
    makers.map((one) => h("option", { value: one.id, selected: one.id === made.id }, one.title)),
  );
  const shown = () => ({ ...made, rows: order.map((k) => made.rows[k]) });
  const copy = () => {
    copyTable(shown(), dialog);
    status.textContent = say("copied", order.length);
  };
  const save = () =>
    saveBlob(
      new Blob([toCsv(shown())], { type: "text/csv" }),
      made.title.replace(/[\\/:*?"<>|]/g, "_") + ".csv",
    );
  const scroll = h(
    "div",
    { class: "rk-scroll" + (isLong ? " rk-long" : ""), tabindex: "0", onscroll: isLong ? drawRows : null },
    h(
      "table",
      { "aria-rowcount": String(made.rows.length) },
      caption,
      h("thead", {}, h("tr", {}, heads)),
      body,
    ),
  );
  const dialog = h(
    "dialog",
    { class: "rk-dialog", "aria-label": words.table },
    h(
      "header",
      {},
      choose,
      find,
      h("button", { onclick: copy }, words.copy),
      h("button", { onclick: save }, words.save),
      status,
      h("button", { onclick: () => dialog.close(), "aria-label": words.close }, "×"),
    ),
    scroll,
  );
  dialog.addEventListener("close", () => dialog.remove());
  page.root.append(dialog);
  dialog.showModal();
  arrange();
}

export function openHelp() {
  const dialog = h(
    "dialog",
    { class: "rk-dialog rk-help", "aria-label": words.help },
    h(
      "header",
      {},
      h("b", {}, words.help),
      h("button", { onclick: () => dialog.close(), "aria-label": words.close }, "×"),
    ),
    h(
      "div",
      { class: "rk-scroll" },
      h("p", {}, words.helpText),
      h("p", {}, words.basisHelp),
      h("p", {}, sent.source),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  page.root.append(dialog);
  dialog.showModal();
}
