// The chosen cases against the whole list: counts, shares and intervals, as a table with small charts.
(function (paper) {
  "use strict";

  const { make, draw } = paper;
  const WIDTH = 120;
  const FEW = 10; // of fewer cases a share and an interval say less than their count, which is given alone

  function interval(chosen, whole) {
    const line = (share, y, kind) =>
      share.known < FEW ? [] : [
        draw("line", { x1: share.low * WIDTH, x2: share.high * WIDTH, y1: y, y2: y, class: `reach ${kind}` }),
        draw("circle", { cx: share.share * WIDTH, cy: y, r: 3, class: `point ${kind}` }),
      ];
    return draw("svg", { viewBox: `-4 0 ${WIDTH + 8} 20`, width: WIDTH + 8, height: 20, "aria-hidden": "true", class: "interval" },
      draw("line", { x1: 0, x2: WIDTH, y1: 19, y2: 19, class: "axis" }),
      line(chosen, 6, "chosen"), line(whole, 14, "whole"));
  }

  const written = ({ n, known, share }) =>
    known ? [known < FEW ? "" : make("strong", {}, paper.percent(share)), " ", make("span", { class: "together" }, `${n} of ${known}`)] : ["none known"];

  const range = ({ known, low, high }) => (known >= FEW ? paper.percentRange(low, high) : "–");

  function row(code, chosen, whole) {
    const here = paper.shareOf(chosen, code.variable);
    const all = paper.shareOf(whole, code.variable);
    return make("tr", { "data-variable": code.variable },
      make("th", { scope: "row" }, code.label),
      make("td", { class: "share" }, ...written(here)),
      make("td", { class: "range" }, range(here)),
      make("td", { class: "chart" }, interval(here, all)),
      make("td", { class: "share" }, ...written(all)),
      make("td", { class: "range" }, range(all)));
  }

  const group = (title, codes, chosen, whole) =>
    make("tbody", {},
      make("tr", { class: "group" }, make("th", { scope: "rowgroup", colspan: 6 }, title)),
      codes.map((code) => row(code, chosen, whole)));

  paper.summaryOf = (study, chosen, whole, wholeName) =>
    make("table", { class: "summary-table" },
      make("caption", {},
        `Adjudicated shares among the ${paper.plural(chosen.length, "chosen case")} (above, filled) and all `,
        `${paper.plural(whole.length, "case")} of the ${wholeName} (below, hollow), with 95% Wilson intervals. `,
        `The denominator is the cases in which the code is known. Below ${FEW} cases only counts are given. The chosen cases are part of the whole; this is no test of a difference.`),
      make("thead", {}, make("tr", {},
        make("td", {}),
        make("th", { scope: "col" }, "Chosen"),
        make("th", { scope: "col", class: "range" }, "Interval"),
        make("th", { scope: "col", class: "chart" }, "0 to 100%"),
        make("th", { scope: "col" }, "Whole list"),
        make("th", { scope: "col", class: "range" }, "Interval"))),
      group("Narratives voiced", study.narratives, chosen, whole),
      group("Reasons for joining", study.joining, chosen, whole));
})((window.paper = window.paper || {}));
