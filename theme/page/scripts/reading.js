// Contents that follow the reader and fold away on a phone; how far the reading is; a link beside each heading and figure;
// the page's own parts in the contents and below the title.
(function (paper) {
  "use strict";

  const { make } = paper;

  function linkHeadings() {
    document.querySelectorAll("main section[id] > :is(h2, h3, h4), .explorer > h2").forEach((heading) => {
      if (heading.closest(".note-box")) return;
      const id = heading.parentElement.id;
      heading.append(" ", make("a", { class: "section-link", href: `#${id}`, "aria-label": `Link to ${heading.textContent.trim()}` }, "#"));
    });
    document.querySelectorAll(".quarto-float[id] figcaption").forEach((caption) => {
      const words = caption.querySelector("strong").textContent.trim().replace(/:$/, "");
      caption.append(" ", make("a", { class: "section-link", href: `#${caption.closest(".quarto-float").id}`, "aria-label": `Link to ${words}` }, "#"));
    });
  }

  function fold(nav) {
    const title = nav.querySelector("#toc-title, h2");
    const list = nav.querySelector("ul");
    if (!title || !list) return;
    list.id = list.id || "toc-list";
    const words = title.textContent;
    const button = make("button", { type: "button", class: "toc-button", "aria-controls": list.id }, words, make("span", { class: "now" }));
    const narrow = window.matchMedia("(max-width: 63.99em)");
    const set = (open) => {
      button.setAttribute("aria-expanded", String(open));
      nav.classList.toggle("folded", !open);
    };
    // Where the contents always stand open there is nothing to press.
    const suit = () => {
      title.replaceChildren(narrow.matches ? button : words);
      set(!narrow.matches);
    };
    button.addEventListener("click", () => set(nav.classList.contains("folded")));
    list.addEventListener("click", (event) => { if (narrow.matches && event.target.closest("a")) set(false); });
    nav.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && narrow.matches) { set(false); button.focus(); }
    });
    narrow.addEventListener("change", suit);
    suit();
  }

  function follow(nav) {
    const links = new Map([...nav.querySelectorAll("a[href^='#']")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const parts = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    const inSight = new Set();
    const mark = () => {
      const current = parts.filter((part) => inSight.has(part)).pop();
      if (!current) return;
      links.forEach((link) => link.removeAttribute("aria-current"));
      const link = links.get(current.id);
      link.setAttribute("aria-current", "true");
      const now = nav.querySelector(".now");
      if (now) now.textContent = link.textContent;
      const box = nav.getBoundingClientRect();
      const row = link.getBoundingClientRect();
      if (nav.scrollHeight > nav.clientHeight && (row.top < box.top || row.bottom > box.bottom)) nav.scrollTop += row.top - box.top - box.height / 3;
    };
    const watch = new IntersectionObserver((entries) => {
      entries.forEach((entry) => (entry.isIntersecting ? inSight.add(entry.target) : inSight.delete(entry.target)));
      mark();
    }, { rootMargin: "-10% 0px -70% 0px" });
    parts.forEach((part) => watch.observe(part));
  }

  // A thin line at the top: how much of the text lies behind the reader.
  function progress() {
    const line = make("div", { class: "progress", "aria-hidden": "true" });
    const text = document.querySelector("main");
    document.body.append(line);
    const set = () => {
      const whole = text.offsetTop + text.offsetHeight - window.innerHeight;
      line.style.transform = `scaleX(${Math.min(1, window.scrollY / Math.max(1, whole))})`;
    };
    window.addEventListener("scroll", set, { passive: true });
    set();
  }

  // A part that only exists with a script gets its line in the contents.
  function addParts(nav) {
    const list = nav.querySelector("ul");
    document.querySelectorAll("body > .explorer[id], body > .downloads[id]").forEach((part) => {
      const heading = part.querySelector("h2");
      if (list && heading && !nav.querySelector(`a[href="#${part.id}"]`)) {
        list.append(make("li", {}, make("a", { href: `#${part.id}` }, heading.textContent)));
      }
    });
  }

  // They come after the references: a reader who does not scroll so far finds them from the top.
  function pointTo(parts) {
    const title = document.getElementById("title-block-header");
    const links = Object.entries(parts).filter(([id]) => document.getElementById(id)).map(([id, words]) => make("a", { href: `#${id}` }, words));
    if (!title || !links.length) return;
    title.append(make("p", { class: "to-parts" }, "In this page: ", links.flatMap((link, place) => (place ? [" and ", link] : [link]))));
  }

  // What does not need to scroll needs no stop for the keyboard.
  function scrollOnly() {
    const boxes = [...document.querySelectorAll(".scroll")];
    const set = (box) => {
      if (box.scrollWidth > box.clientWidth + 1) box.setAttribute("tabindex", "0");
      else box.removeAttribute("tabindex");
    };
    const watch = new ResizeObserver((entries) => entries.forEach((entry) => set(entry.target)));
    boxes.forEach((box) => watch.observe(box));
  }

  paper.reading = () => {
    const nav = document.getElementById("TOC");
    if (nav) {
      addParts(nav);
      fold(nav);
      follow(nav);
    }
    pointTo({ cases: "every case, to search and filter", claims: "every claim, with its verdict" });
    linkHeadings();
    progress();
    scrollOnly();
  };
})((window.paper = window.paper || {}));
