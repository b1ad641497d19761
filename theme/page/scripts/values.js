// Numbers of the text that say where they come from: name, numerator and denominator, interval, notebook and cell, cases.
(function (paper) {
  "use strict";

  const { make } = paper;
  const SMALLEST = 3; // so few cases are counted and not shown apart

  // What publish/page/provenance.py found, by the name of the record; a document's name may end in a facet of it.
  // Without a prototype: a name that an address gives finds records only.
  paper.origins = ({ values, sets }) => {
    const found = Object.assign(Object.create(null), Object.fromEntries(values.map((row) => [row.name, { ...row, cases: sets[row.cases] }])));
    return (name) => found[name] || found[name.replace(/\.[^.]*$/, "")] || null;
  };

  function contents(name, text, origin, canShow) {
    const pairs = [
      ["Name", make("code", {}, name)],
      ["Counted", "n" in origin && `${origin.n} of ${origin.of}`],
      ["95% interval", origin.interval && origin.interval.length && paper.percentRange(...origin.interval)],
      ["Cases", origin.cases.length || ""],
    ];
    return [
      make("p", { class: "box-title" }, make("strong", {}, text)),
      make("dl", { class: "facts" }, pairs.filter(([, said]) => said).map(([term, said]) => make("div", {}, make("dt", {}, term), make("dd", {}, said)))),
      paper.computedIn(origin),
      canShow && origin.cases.length >= SMALLEST
        ? make("p", {}, make("a", { href: paper.writeView({ value: name, list: "all" }) }, `${paper.people(origin.cases.length)} behind this`)) : "",
      make("button", { type: "button", class: "as-link close" }, "Close"),
    ];
  }

  paper.values = (originOf, canShow) => {
    const box = make("div", { class: "preview", id: "value-box", role: "dialog", hidden: true });
    document.body.append(box);
    let owner = null;

    function close(goBack) {
      if (!owner) return;
      owner.setAttribute("aria-expanded", "false");
      if (goBack) owner.focus();
      owner = null;
      box.hidden = true;
    }

    function open(value) {
      close();
      owner = value;
      const text = value.textContent.trim();
      box.setAttribute("aria-label", `Where "${text}" comes from`);
      box.replaceChildren(...contents(value.dataset.name, text, originOf(value.dataset.name), canShow).filter(Boolean));
      box.hidden = false;
      value.setAttribute("aria-expanded", "true");
      paper.putNear(box, value.getBoundingClientRect());
      box.querySelector("a, button").focus({ preventScroll: true });
    }

    const blocks = new Map();
    document.querySelectorAll("main .value").forEach((value) => {
      if (!originOf(value.dataset.name) || value.closest("a, h2, h3, h4")) return;
      value.setAttribute("role", "button");
      value.setAttribute("aria-expanded", "false");
      const block = value.closest("p, li, dd, td, th, figcaption") || document.body;
      blocks.set(block, [...(blocks.get(block) || []), value]);
    });
    blocks.forEach((found, block) => paper.rove(block, found));

    document.addEventListener("click", (event) => {
      const value = event.target.closest(".value[role=button]");
      if (value && value !== owner) open(value);
      else if (value || event.target.closest(".close")) close(true);
      else if (!box.contains(event.target) || event.target.closest("a")) close();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && owner) close(true);
      if (["Enter", " "].includes(event.key) && event.target.matches(".value[role=button]")) {
        event.preventDefault();
        open(event.target);
      }
    });
    box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) close(); });
  };
})((window.paper = window.paper || {}));
