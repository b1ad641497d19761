// Footnotes, references, figures, tables and sections readable where they are cited: on hover, on keyboard focus, and on
// the first tap.
(function (paper) {
  "use strict";

  const { make } = paper;
  const CITED = "a.footnote-ref, a[role=doc-noteref], a[role=doc-biblioref], a.quarto-xref";
  const ROWS = 4; // of a table

  // A copy that can stand beside what it was copied from. What it draws with is found in the original.
  function copyOf(part) {
    const copy = part.cloneNode(true);
    copy.querySelectorAll("[role=doc-backlink], .footnote-back, .section-link, .panel").forEach((one) => one.remove());
    [copy, ...copy.querySelectorAll("*")].forEach((one) => ["id", "role", "tabindex", "aria-expanded", "aria-roledescription"].forEach((name) => one.removeAttribute(name)));
    copy.querySelectorAll("a").forEach((one) => one.setAttribute("tabindex", "-1"));
    return copy;
  }

  function floatOf(target) {
    const drawings = [...target.querySelectorAll("figure svg")];
    const drawing = drawings.find((one) => one.getClientRects().length) || drawings[0]; // of the width of this screen
    const shown = copyOf(drawing || target.querySelector("figure table"));
    if (drawing) shown.setAttribute("aria-hidden", "true"); // its caption follows
    else shown.querySelectorAll("tbody tr").forEach((row, place) => { if (place >= ROWS) row.remove(); });
    return [make("div", { class: "part" }, shown), make("p", {}, ...copyOf(target.querySelector("figcaption")).childNodes)];
  }

  function sectionOf(target) {
    const [heading, first] = [target.querySelector("h2, h3, h4"), target.querySelector(":scope > p")];
    return [make("p", {}, make("strong", {}, ...copyOf(heading).childNodes)), first ? copyOf(first) : ""];
  }

  function previewOf(target) {
    if (target.matches(".quarto-float")) return floatOf(target);
    return target.matches("section") ? sectionOf(target) : [...copyOf(target).childNodes];
  }

  paper.notes = () => {
    const box = make("div", { id: "note-preview", class: "preview", role: "tooltip", hidden: true });
    document.body.append(box);
    let owner = null;
    let leaving = 0;

    function close() {
      clearTimeout(leaving);
      if (owner) owner.removeAttribute("aria-describedby");
      owner = null;
      box.hidden = true;
    }

    function open(link) {
      clearTimeout(leaving);
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!target || owner === link || target.contains(link)) return;
      close();
      box.replaceChildren(...previewOf(target));
      box.classList.toggle("wide", target.matches(".quarto-float"));
      box.hidden = false;
      owner = link;
      link.setAttribute("aria-describedby", box.id);
      paper.putNear(box, link.getBoundingClientRect());
    }

    const soon = () => { clearTimeout(leaving); leaving = setTimeout(close, 200); };
    const cited = (event) => (event.target.closest ? event.target.closest(CITED) : null);

    // A move, since an element also comes under the pointer when the page only scrolls.
    document.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch") return;
      const link = cited(event);
      if (link) open(link);
      else if (owner && !box.contains(event.target)) soon();
      else clearTimeout(leaving);
    });
    document.addEventListener("focusin", (event) => {
      const link = cited(event);
      if (link && link.matches(":focus-visible")) open(link);
      else if (owner && !box.contains(event.target)) close();
    });
    document.addEventListener("click", (event) => {
      const link = cited(event);
      if (link && event.pointerType === "touch" && owner !== link) {
        event.preventDefault();
        open(link);
      } else if (!box.contains(event.target)) close();
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    window.addEventListener("scroll", () => { if (owner && !owner.matches(":focus")) close(); }, { passive: true });
  };

  // Put a box under a place on the page, or above it, inside the window.
  paper.putNear = (box, place) => {
    const space = 8;
    const width = box.offsetWidth;
    const left = Math.max(space, Math.min(place.left + place.width / 2 - width / 2, document.documentElement.clientWidth - width - space));
    const below = place.bottom + space;
    const top = below + box.offsetHeight > window.innerHeight && place.top > box.offsetHeight + space
      ? place.top - box.offsetHeight - space : below;
    box.style.left = `${left + window.scrollX}px`;
    box.style.top = `${top + window.scrollY}px`;
  };
})((window.paper = window.paper || {}));
