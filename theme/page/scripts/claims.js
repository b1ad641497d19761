// The claims ledger: each statement with its verdict, its estimates drawn against the range that its words allow, and its sources.
(function (paper) {
  "use strict";

  const { make, draw, said } = paper;
  const WIDTH = 150;
  const ROW = 12;
  const SIGNS = { supported: "●", "partly supported": "◐", "not supported": "○", "not testable": "–", described: "·" };

  // The ends of the axis: all of a share or a difference; for ratios and counts as far as the numbers go.
  function axisOf(claim) {
    if (claim.unit === "share") return [0, 1];
    if (claim.unit === "difference") return [-1, 1];
    const numbers = claim.readings.flatMap((reading) => [reading.value, reading.high])
      .concat(claim.published ? [claim.published.value] : [], claim.allowed ? [claim.allowed.low, claim.allowed.high] : []);
    const known = numbers.filter((number) => Number.isFinite(number));
    return [0, Math.max(1, ...known) * 1.1];
  }

  // Estimates with intervals over the allowed range (shaded); the report's own number as a hollow square.
  function chart(claim) {
    if (claim.unit === "count" || !claim.readings.some((reading) => Number.isFinite(reading.value))) return "";
    const [first, last] = axisOf(claim);
    const ends = { share: ["0%", "100%"], difference: ["−100 points", "+100 points"] }[claim.unit] || ["0", `${last.toFixed(1)} times`];
    const at = (value) => Math.max(0, Math.min(1, (value - first) / (last - first))) * WIDTH;
    const height = Math.max(1, claim.readings.length) * ROW + 6;
    const low = claim.allowed && Number.isFinite(claim.allowed.low) ? at(claim.allowed.low) : 0;
    const high = claim.allowed && Number.isFinite(claim.allowed.high) ? at(claim.allowed.high) : WIDTH;
    return draw("svg", { viewBox: `-4 0 ${WIDTH + 8} ${height + 12}`, width: WIDTH + 8, height: height + 12, class: "interval", "aria-hidden": "true" },
      claim.allowed ? draw("rect", { x: low, y: 0, width: Math.max(2, high - low), height: height - 2, class: "allowed" }) : [],
      draw("line", { x1: 0, x2: WIDTH, y1: height - 1, y2: height - 1, class: "axis" }),
      draw("text", { x: 0, y: height + 10 }, ends[0]), draw("text", { x: WIDTH, y: height + 10, "text-anchor": "end" }, ends[1]),
      claim.published ? draw("rect", { x: at(claim.published.value) - 3, y: height / 2 - 4, width: 6, height: 6, class: "published" }) : [],
      claim.readings.flatMap((reading, place) => {
        const y = place * ROW + ROW / 2 + 1;
        return [draw("line", { x1: at(reading.low), x2: at(reading.high), y1: y, y2: y, class: "reach" }),
          draw("circle", { cx: at(reading.value), cy: y, r: 3.2, class: "point" })];
      }));
  }

  const verdict = (claim) => make("span", { class: "verdict" }, make("span", { "aria-hidden": "true" }, `${SIGNS[claim.verdict] || "·"}\u00a0`),
    claim.verdict, claim.hardly ? " (could hardly fail)" : "");

  const opener = (claim) =>
    make("button", { type: "button", class: "opener statement", "data-key": claim.id }, said(claim.short));

  const readings = (claim) =>
    make("div", {}, claim.readings.map((reading) => make("p", {}, reading.label ? `${reading.label}: ` : "", paper.together(reading.text))));

  const stands = (claim) => (claim.stands ? `${claim.stands.n} of ${claim.stands.of}` : "");

  function inFull(claim) {
    const pairs = [
      ["Statement", claim.text],
      ["Stated by", [claim.stated_by, claim.where ? ` (${claim.where})` : ""].join("")],
      ["Sources differ", claim.sources_differ],
      ["Words allow", claim.allowed && claim.allowed.text],
      ["2015 numbers", claim.published && claim.published.text],
      ["Our list (95% interval)", claim.readings.map((reading) => `${reading.label ? `${reading.label}: ` : ""}${reading.text}`).join("; ")],
      ["Stands in", stands(claim)],
      ["Fails at (power)", claim.fails],
      ["p; corrected for all tests", claim.p],
      ["Turns", claim.margin === null ? "" : `when ${paper.plural(claim.margin, "case")} would differ`],
      ["Measured among", claim.population],
      ["Why it is not testable", claim.reason],
    ];
    return make("section", { class: "case", "aria-label": `Statement ${claim.short}` },
      make("dl", { class: "facts" }, pairs.filter(([, text]) => text).map(([name, text]) =>
        make("div", {}, make("dt", {}, name), make("dd", {}, make("bdi", { dir: "auto" }, paper.together(text)))))),
      claim.url ? make("p", {}, "Source: ", paper.away(claim.url, claim.url)) : [],
      claim.cases && claim.cases.length ? make("p", {}, "Cases counted: ",
        make("a", { href: paper.writeView({ claim: claim.id, list: "all" }) }, paper.plural(claim.cases.length, "case"))) : [],
      make("p", { class: "actions" }, make("a", { href: paper.writeView({ claim: claim.id }, "claims") }, "Link to this statement")));
  }

  const COLUMNS = [
    { title: "Statement", key: (claim) => claim.order, show: opener },
    { title: "Verdict", key: (claim) => Object.keys(SIGNS).indexOf(claim.verdict), show: verdict },
    { title: "Estimate against range", key: (claim) => (claim.readings[0] ? claim.readings[0].value : -9), show: chart },
    { title: "Our list (95% interval)", key: (claim) => (claim.readings[0] ? claim.readings[0].value : -9), show: readings },
    { title: "Stands in", key: (claim) => (claim.stands ? claim.stands.n / claim.stands.of : -1), show: (claim) => stands(claim) || "–" },
    { title: "Turns", key: (claim) => claim.margin ?? 1e6, show: (claim) => (claim.margin === null ? "–" : String(claim.margin)) },
  ];

  // How many statements are shown. Verdicts are not counted: they differ in what they can bear, and are no score.
  function size(place, claims) {
    place.textContent = paper.plural(claims.length, "statement");
    paper.tell(place.textContent);
  }

  paper.claims = (place, given) => {
    const claims = given.map((claim, order) => ({ ...claim, order }));
    const wordsOf = (claim) => [claim.short, claim.text, claim.stated_by, claim.verdict, claim.reason].join(" ").toLowerCase();
    const search = place.querySelector("#claims-q");
    const by = place.querySelector("#claims-verdict");
    by.append(...Object.keys(SIGNS).filter((name) => claims.some((claim) => claim.verdict === name)).map((name) => make("option", { value: name }, name)));
    const unknown = place.querySelector("#claims-unknown");
    const known = new Map([
      ["q", () => true],
      ["verdict", (value) => [...by.options].some((option) => option.value === value)],
      ["claim", (value) => claims.some((claim) => claim.id === value)],
    ]);
    const table = paper.table(place.querySelector("#claims-table"), {
      columns: COLUMNS, keyOf: (claim) => claim.id, full: inFull, none: "No statement fits.", prefix: "claim",
    });

    function show({ q = "", verdict: wanted = "", claim: open } = {}) {
      const words = q.toLowerCase().split(/\s+/).filter(Boolean);
      const kept = claims.filter((claim) => (!wanted || claim.verdict === wanted) && words.every((word) => wordsOf(claim).includes(word)));
      if (search.value.trim() !== q) search.value = q;
      by.value = wanted;
      table.show(kept, { by: 0, down: false }, open);
      size(place.querySelector("#claims-count"), kept);
    }

    function fromAddress() {
      const read = paper.readView(location.hash, "claims");
      if (read === null) return;
      const { view, words } = paper.understood(read, known);
      show(view);
      unknown.hidden = !words;
      unknown.textContent = words;
      ((view.claim && document.getElementById(`claim-${view.claim}`)) || place).scrollIntoView();
      place.querySelector("h2").focus({ preventScroll: true });
    }

    const changed = () => {
      const view = { q: search.value.trim(), verdict: by.value };
      show(view);
      unknown.hidden = true;
      history.replaceState(null, "", paper.writeView(view, "claims"));
    };
    search.addEventListener("input", changed);
    by.addEventListener("change", changed);
    place.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    show();
    fromAddress();
    window.addEventListener("hashchange", fromAddress);
  };
})((window.paper = window.paper || {}));
