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

  // What publish/page/island.py packed: where "=" says how many rows there are, each other name holds a column.
  paper.unpacked = (text) => JSON.parse(text, (_, value) => {
    if (!value || typeof value !== "object" || !("=" in value)) return value;
    const { "=": rows, ...columns } = value;
    const parts = Object.entries(columns).map(([name, column]) => [name, typeof column === "string" ? column.split(" ") : column]);
    return Array.from({ length: rows }, (_, row) =>
      Object.fromEntries(parts.map(([name, column]) => [name, column[row]]).filter(([, cell]) => cell !== "\0")));
  });

  // make("p", {class: "x"}, "text", child): an HTML element.
  paper.make = (tag, properties, ...children) => fill(document.createElement(tag), properties, children);

  // draw("circle", {r: 3}): an SVG element.
  paper.draw = (tag, properties, ...children) => fill(document.createElementNS(SVG, tag), properties, children);

  // Text from data: kept apart from the text around it, whatever its direction.
  paper.said = (text, properties) => paper.make("bdi", { dir: "auto", ...properties }, String(text));

  // A text whose ranges stay on one line, as those of the text do.
  paper.together = (text) =>
    String(text).split(/(\d[\d.,]*–[\d.,]+%?|\d+ of \d+)/).map((part, place) => (place % 2 ? paper.make("span", { class: "together" }, part) : part));

  // A link to a page of somebody else; anything but http and https becomes plain text.
  paper.away = (url, text) =>
    /^https?:\/\//i.test(url)
      ? paper.make("a", { href: url, rel: "noopener noreferrer" }, paper.said(text))
      : paper.said(text);

  paper.hidden = (text) => paper.make("span", { class: "visually-hidden" }, text);

  paper.plural = (number, one, many) => `${number} ${number === 1 ? one : many || one + "s"}`;

  paper.people = (number) => (number === 1 ? "The person" : `The ${number} people`);

  // One stop for the keyboard in a group: arrow keys, Home and End go from one to the next, in an order that may change.
  paper.rove = (group, items, inOrder = (list) => list) => {
    const stopAt = (stop) => items.forEach((item) => item.setAttribute("tabindex", item === stop ? "0" : "-1"));
    stopAt(inOrder(items)[0]);
    group.addEventListener("keydown", (event) => {
      const list = inOrder(items);
      const at = list.indexOf(document.activeElement);
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -at, End: list.length - 1 - at };
      if (at < 0 || !Object.hasOwn(steps, event.key)) return;
      event.preventDefault();
      const next = list[(at + steps[event.key] + list.length) % list.length];
      stopAt(next);
      next.focus();
    });
  };

  // Lets a screen reader say what changed, once things are quiet.
  let waiting;
  paper.tell = (text) => {
    const place = document.getElementById("paper-status");
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (place && place.textContent !== text) place.textContent = text; }, 250);
  };
})((window.paper = window.paper || {}));
