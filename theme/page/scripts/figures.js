// Figures that answer: each named bar, point or line says its numbers on hover and on focus; arrow keys go from one to the next.
(function (paper) {
  "use strict";

  const { make } = paper;

  function marksOf(svg, marks) {
    return Object.entries(marks).flatMap(([id, label]) => {
      const shape = [...svg.querySelectorAll("[id]")].find((part) => part.id === id || part.id.endsWith(`_${id}`));
      return shape ? [{ shape, label }] : [];
    });
  }

  // Which is known of a drawing that is shown.
  function inReadingOrder(shapes) {
    const placed = shapes.map((shape) => ({ shape, box: shape.getBoundingClientRect() }));
    return placed.sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left).map(({ shape }) => shape);
  }

  function enliven(svg, marks, tip) {
    const found = marksOf(svg, marks);
    if (!found.length) return;
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-roledescription", "chart");
    const described = svg.getAttribute("aria-label") || "";
    svg.setAttribute("aria-label", `${described} ${paper.plural(found.length, "part")} with numbers; arrow keys go from one to the next.`.trim());
    found.forEach(({ shape, label }) => {
      shape.setAttribute("role", "img");
      shape.setAttribute("aria-label", label);
      shape.classList.add("mark");
      const show = () => tip.open(shape, label);
      shape.addEventListener("pointermove", show); // not when the page only scrolls under the pointer
      shape.addEventListener("pointerleave", tip.soon);
      shape.addEventListener("click", show);
      shape.addEventListener("focus", show);
      shape.addEventListener("blur", tip.close);
    });
    paper.rove(svg, found.map(({ shape }) => shape), inReadingOrder);
  }

  function tooltip() {
    const box = make("div", { class: "tip", hidden: true, "aria-hidden": "true" });
    document.body.append(box);
    let leaving = 0;
    const close = () => { clearTimeout(leaving); box.hidden = true; };
    const soon = () => { clearTimeout(leaving); leaving = setTimeout(close, 200); };
    box.addEventListener("pointerenter", () => clearTimeout(leaving));
    box.addEventListener("pointerleave", soon);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    return {
      close,
      soon,
      open(shape, label) {
        clearTimeout(leaving);
        box.textContent = label;
        box.hidden = false;
        paper.putNear(box, shape.getBoundingClientRect());
      },
    };
  }

  // What the manifest says of each figure, with its place and label on this page.
  // Without a prototype: a name that an address gives finds figures only.
  paper.placed = (figures) =>
    Object.assign(Object.create(null), Object.fromEntries(Object.entries(figures).map(([name, figure]) => {
      const place = [`fig-${name}`, `tbl-${name}`].find((id) => document.getElementById(id));
      const caption = place && document.querySelector(`#${CSS.escape(place)} figcaption`);
      const number = caption && /^\s*(\S+\s+[\d.]+)/.exec(caption.textContent);
      return [name, { ...figure, place, label: number ? number[1].replace(/\.$/, "") : name }];
    })));

  paper.figures = (figures, hasExplorer) => {
    const tip = tooltip();
    for (const [name, figure] of Object.entries(figures)) {
      const drawings = figure.place ? document.querySelectorAll(`#${CSS.escape(figure.place)} svg`) : [];
      drawings.forEach((svg) => enliven(svg, figure.marks || {}, tip));
      if (!hasExplorer) continue;
      document.querySelectorAll(`.figure-cases[data-figure="${CSS.escape(name)}"]`).forEach((link) => {
        link.setAttribute("href", paper.writeView({ figure: name, list: "all" }));
      });
    }
  };
})((window.paper = window.paper || {}));
