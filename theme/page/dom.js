// Elements made of text only: nothing that comes from data is ever read as markup.
(function (paper) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function fill(element, properties, children) {
    for (const [name, value] of Object.entries(properties || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : String(value));
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  // make("p", {class: "x"}, "text", child): an HTML element.
  paper.make = (tag, properties, ...children) => fill(document.createElement(tag), properties, children);

  // draw("circle", {r: 3}): an SVG element.
  paper.draw = (tag, properties, ...children) => fill(document.createElementNS(SVG, tag), properties, children);

  // Text from data: kept apart from the text around it, whatever its direction.
  paper.said = (text, properties) => paper.make("bdi", { dir: "auto", ...properties }, String(text));

  // A link to a page of somebody else; anything but http and https becomes plain text.
  paper.away = (url, text) =>
    /^https?:\/\//i.test(url)
      ? paper.make("a", { href: url, rel: "noopener noreferrer" }, paper.said(text))
      : paper.said(text);

  // What DataTables gets for a cell: an element to show, a value to sort by, and nothing for its own search, which
  // reads text with an ampersand as markup. The search here is the page's own.
  paper.cell = (kind, show, key) => (kind === "display" ? show() : kind === "filter" ? "" : key());

  paper.hidden = (text) => paper.make("span", { class: "visually-hidden" }, text);

  paper.plural = (number, one, many) => `${number} ${number === 1 ? one : many || one + "s"}`;

  // Lets a screen reader say what changed, once things are quiet.
  let waiting;
  paper.tell = (text) => {
    const place = document.getElementById("paper-status");
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (place && place.textContent !== text) place.textContent = text; }, 250);
  };
})((window.paper = window.paper || {}));
