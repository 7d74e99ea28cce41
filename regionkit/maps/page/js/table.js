// Tables, and the help.

import { layerTable, readLayer } from "./areas.js";
import { toCsv, toTabs } from "./csv.js";
import { h } from "./dom.js";
import { citationText, formatNumber, label, rowsWhere, say, unitName } from "./facts.js";
import { markTable } from "./marks.js";
import { taskCodes } from "./panel.js";
import { projectTable } from "./projects.js";
import { commands, layers, page, sent, tables, words } from "./state.js";

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

function scopeName(row) {
  const kind = tables.targets.scope_kind[row],
    id = tables.targets.scope_id[row];
  if (kind === "zone") return tables.zoneRow.has(id) ? tables.zones.name[tables.zoneRow.get(id)] : id;
  if (kind === "cluster") return tables.clusters.name[tables.clusters.cluster_id.indexOf(id)] || id;
  if (kind === "place") return tables.places.name[tables.places.id.indexOf(id)] || id;
  if (kind === "project") return tables.projects.name[Number(id)] || id;
  return unitName(id);
}

export function openTable(id) {
  const makers = allTables();
  const made = (makers.find((one) => one.id === id) || makers[0]).make();
  const status = h("span", { role: "status" });
  const body = h("tbody", {});
  const drawRow = (row, k) =>
    h(
      "tr",
      {},
      row.map((value, c) =>
        h(
          c ? "td" : "th",
          c ? {} : { scope: "row" },
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
  body.append(...made.rows.map(drawRow));
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
  const copy = () => {
    const text = toTabs(made),
      done = () => {
        status.textContent = say("copied", made.rows.length);
      };
    const byHand = () => {
      const area = h("textarea", {});
      area.value = text;
      dialog.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      done();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand);
    else byHand();
  };
  const save = () => {
    const address = URL.createObjectURL(new Blob([toCsv(made)], { type: "text/csv" }));
    const anchor = h("a", { href: address, download: made.title.replace(/[\\/:*?"<>|]/g, "_") + ".csv" });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };
  const dialog = h(
    "dialog",
    { class: "rk-dialog", "aria-label": words.table },
    h(
      "header",
      {},
      choose,
      h("button", { onclick: copy }, words.copy),
      h("button", { onclick: save }, words.save),
      status,
      h("button", { onclick: () => dialog.close(), "aria-label": words.close }, "×"),
    ),
    h(
      "div",
      { class: "rk-scroll", tabindex: "0" },
      h(
        "table",
        {},
        h("caption", {}, say("tableOf", made.title, made.rows.length)),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            made.head.map((name) => h("th", { scope: "col" }, name)),
          ),
        ),
        body,
      ),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  page.root.append(dialog);
  dialog.showModal();
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
