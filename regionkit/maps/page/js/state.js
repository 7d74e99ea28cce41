// What is asked for and shown, and what Python sent: the page has one of each.

/**
 * What leaves some of the projects and units. The right one of two maps has a document and a year
 * of its own.
 * @typedef {{zone?: string, domain?: Set<string>, stage?: string, sector?: string,
 *   document?: string, year?: number, older?: string}} Filter
 */
/**
 * Nothing left out, but for other domains than these.
 * @param {Iterable<string>} [domains]
 * @returns {Filter}
 */
export function noFilter(domains = []) {
  return { zone: "", domain: new Set(domains), stage: "", sector: "", document: "", year: 0 };
}
/**
 * What the panel tells of: its kind, its id (of a project its row), and the row of a layer's own.
 * @typedef {{kind: string, id: any, row?: number}} Chosen
 */
/**
 * A table of contract.py: columns by name, and how many rows it has.
 * @typedef {{[column: string]: any, size?: number}} Table
 */
/**
 * A choropleth, as areas.py writes it.
 * @typedef {{id: string, title: string, unit: string, level: string, codes: number[], values: any,
 *   labels: any, entries: any[][], source: string, note: string, series: string, name: string,
 *   year: ?number, nature: string, main: boolean, cites?: any, ramp?: any, columns?: any[],
 *   written?: boolean, isRead?: boolean, circles?: any}} Layer
 */
/**
 * What the reader has asked for; the address keeps it.
 * @type {{layer: ?string, rightLayer: ?string, overlays: Set<string>, grouping: string,
 *   chosen: ?Chosen, comparing: boolean, swipe: boolean, view: string, panels: string, story: number,
 *   listed: number, filter: Filter, rightFilter: Filter, cursor?: number}}
 */
export const state = {
  layer: null,
  rightLayer: null,
  overlays: new Set(),
  grouping: "",
  chosen: null,
  comparing: false,
  swipe: false,
  view: "",
  panels: "all",
  story: 0,
  listed: 0,
  filter: noFilter(),
  rightFilter: {},
};
/**
 * The tables of contract.py by name, and lookups made of them.
 * @type {{[name: string]: any}}
 */
export const tables = {};
/**
 * The region's counties and cities with the outlines of the counties.
 * @type {{[name: string]: any}}
 */
export const units = {};
/**
 * Outlines of the user's own areas, by the level of the layer that has them.
 * @type {{[level: string]: any}}
 */
export const ownShapes = {};
/**
 * Choropleths, of which a map shows one at a time.
 * @type {Layer[]}
 */
export const layers = [];
/**
 * The maps on the page: one, or two that are compared.
 * @type {any[]}
 */
export const views = [];
/**
 * Elements of the page, and how far it has come.
 * @type {{[name: string]: any}}
 */
export const page = {};
/**
 * The document that Python sent: document.py says what it holds.
 * @type {{[name: string]: any}}
 */
export const sent = {};
/**
 * Words of the interface, in the reader's language.
 * @type {{[name: string]: string}}
 */
export const words = {};
/**
 * What the whole page does when a part of it asks: choose a thing, show what has changed.
 * @type {{[name: string]: function}}
 */
export const commands = {};
