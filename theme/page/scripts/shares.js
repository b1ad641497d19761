// Shares with Wilson intervals, as analysis/stats/uncertainty.py and analysis/record/formats.py compute and write them.
(function (paper) {
  "use strict";

  const Z = 1.959963984540054; // 97.5% point of the normal distribution

  // The Wilson score interval (Wilson 1927; method 3 in Newcombe 1998) of n out of `known`; [0, 1] when nothing is known.
  paper.wilson = (n, known) => {
    if (known === 0) return [0, 1];
    const share = n / known;
    const centre = (share + (Z * Z) / (2 * known)) / (1 + (Z * Z) / known);
    const half = (Z / (1 + (Z * Z) / known)) * Math.sqrt((share * (1 - share)) / known + (Z * Z) / (4 * known * known));
    return [n === 0 ? 0 : centre - half, n === known ? 1 : centre + half];
  };

  // The last letter of a code is the adjudicated one: 1, 0, ? (the text does not reach it), - (not coded).
  paper.final = (item, variable) => (item.codes[variable] || "-").slice(-1);

  // Share of the cases that a variable was voiced in; the denominator is the cases in which it is known.
  paper.shareOf = (cases, variable) => {
    let n = 0;
    let known = 0;
    for (const item of cases) {
      const code = paper.final(item, variable);
      if (code === "1") n += 1;
      if (code === "1" || code === "0") known += 1;
    }
    const [low, high] = paper.wilson(n, known);
    return { n, known, share: known ? n / known : NaN, low, high };
  };

  paper.percent = (share) => `${Math.floor(share * 100 + 0.5 + 1e-9)}%`;

  paper.percentRange = (low, high) => `${paper.percent(low).slice(0, -1)}–${paper.percent(high)}`;
})((window.paper = window.paper || {}));
