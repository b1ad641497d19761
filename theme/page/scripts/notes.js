// Footnotes and references readable where they are cited: on hover, on keyboard focus, and on the first tap.
(function (paper) {
  "use strict";

  const { make } = paper;
  const CITED = "a.footnote-ref, a[role=doc-noteref], a[role=doc-biblioref]";

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
      const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!note || owner === link) return;
      close();
      const copy = note.cloneNode(true);
      copy.querySelectorAll("[role=doc-backlink], .footnote-back").forEach((back) => back.remove());
      copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
      copy.querySelectorAll("a").forEach((part) => part.setAttribute("tabindex", "-1"));
      box.replaceChildren(...copy.childNodes);
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
