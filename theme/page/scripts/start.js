// Starts what the page needs: reading aids at once, the explorers after the first paint.
(function (paper) {
  "use strict";

  const island = document.getElementById("paper-data");
  const data = island ? paper.unpacked(island.textContent) : {};
  const figures = paper.placed(data.figures || {});

  // A part of the page from its template, after the text; null when the page has no data for it.
  function part(name, wanted) {
    const template = document.getElementById(`${name}-template`);
    if (!wanted || !template) return null;
    const place = document.querySelector(".downloads") || null;
    document.body.insertBefore(template.content.cloneNode(true), place || template);
    return document.getElementById(name);
  }

  const cases = part("cases", data.explorer);
  const claims = part("claims", data.claims && data.claims.length);
  paper.reading();
  paper.notes();
  paper.figures(figures, Boolean(cases));
  paper.numbers();

  requestAnimationFrame(() => setTimeout(() => {
    performance.mark("explorers-start");
    if (cases) paper.shown = paper.explorer(cases, data.explorer, figures);
    if (claims) paper.claims(claims, data.claims);
    document.documentElement.dataset.ready = "true";
    performance.mark("explorers-ready");
  }, 0));
})((window.paper = window.paper || {}));
