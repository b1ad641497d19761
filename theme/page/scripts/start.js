// Starts what the page needs: reading aids at once, the explorers after the first paint.
(function (paper) {
  "use strict";

  const island = document.getElementById("paper-data");
  const data = island ? paper.unpacked(island.textContent) : {};
  const figures = paper.placed(data.figures || {});
  const originOf = paper.origins(data.origins || { values: [], sets: [] });

  // The cases that a figure, a number or a claim rests on, how to call it, and where it stands; null for none of them.
  function behind({ figure, value, claim }) {
    if (figure) return figures[figure] && { cases: figures[figure].cases, label: figures[figure].label, place: `#${figures[figure].place}` };
    const counted = claim && (data.claims || []).find((one) => one.id === claim);
    if (claim) return counted ? { cases: counted.cases, label: `“${counted.short}”`, place: paper.writeView({ claim }, "claims") } : null;
    const origin = value && originOf(value);
    const printed = origin && document.querySelector(`.value[data-name="${CSS.escape(value)}"]`);
    if (!printed) return null;
    printed.id = printed.id || `value-${value}`;
    return { cases: origin.cases, label: `“${printed.textContent}”`, place: `#${printed.id}` };
  }

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
  paper.tabs(figures, data.explorer);
  paper.values(originOf, Boolean(cases));
  paper.cite();

  requestAnimationFrame(() => setTimeout(() => {
    performance.mark("explorers-start");
    if (cases) paper.explorer(cases, data.explorer, figures, (view) => behind(view) || null);
    if (claims) paper.claims(claims, data.claims);
    document.documentElement.dataset.ready = "true";
    performance.mark("explorers-ready");
  }, 0));
})((window.paper = window.paper || {}));
