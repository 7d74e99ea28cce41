// Elements of the page; text only ever enters it as text.

export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const name in props || {}) {
    const value = props[name];
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  // Text only ever enters the page as text.
  element.append(...children.flat(9).filter((c) => c !== null && c !== undefined && c !== ""));
  return element;
}

export function fill(element, ...children) {
  element.textContent = "";
  element.append(...children.flat(9).filter((c) => c !== null && c !== undefined));
  return element;
}

export function svgElement(tag, values) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const name in values) element.setAttribute(name, values[name]);
  return element;
}
