// One case in full: what is known of it, how each coder coded it, on what words, from which stories, in which figures.
(function (paper) {
  "use strict";

  const { make, said } = paper;
  const VALUES = { 1: "voiced", 0: "not voiced", "?": "not reached", "-": "not coded" };
  const STATED = { 1: "stated", 0: "not stated", "?": "not reached", "-": "not coded" };
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  paper.monthInWords = (date) => {
    if (!date) return "not reported";
    const [year, month] = date.split("-");
    return month ? `${MONTHS[Number(month) - 1]} ${year}` : year;
  };

  paper.voicedBy = (item, narratives) => {
    const codes = narratives.map((code) => paper.final(item, code.variable));
    const labels = narratives.filter((_, place) => codes[place] === "1").map((code) => code.label);
    if (labels.length) return labels.join(", ");
    return codes.every((code) => code === "?" || code === "-") ? "reasons not reached" : "none of these";
  };

  const differs = (letters) => /^(10|01)/.test(letters);

  function facts(item, { labels, study }) {
    const minor = item.minor === null ? "not reported" : item.minor ? "yes" : "no";
    const left = [paper.monthInWords(item.left), item.left_basis ? ` (${paper.labelOf(labels, "left_basis", item.left_basis)})` : ""].join("");
    const pairs = [
      ["Country", item.country],
      ["Role", paper.labelOf(labels, "role", item.role)],
      ["Under 18 when joining", minor],
      ["Joined", paper.monthInWords(item.joined)],
      ...study.clocks.map(({ field, label }) => [label, field === "left" ? left : paper.monthInWords(item[field])]),
      ["Situation when telling", paper.labelOf(labels, "status_at_disclosure", item.status_at_disclosure)],
      ["Confidence in the decision", paper.labelOf(labels, "certainty", item.certainty)],
      ["Why it is listed", item.note],
      ["Other reasons given", item.other_reasons],
    ];
    return make("dl", { class: "facts" },
      pairs.filter(([, text]) => text).map(([name, text]) => make("div", {}, make("dt", {}, name), make("dd", {}, said(text)))));
  }

  function codes(given, title, list, [first, second, last], values) {
    const rows = list.filter((code) => given[code.variable]).map((code) => {
      const letters = given[code.variable];
      return make("tr", { class: differs(letters) ? "differs" : null },
        make("th", { scope: "row" }, code.label),
        [...letters].map((letter) => make("td", {}, values[letter] || letter)),
        make("td", {}, differs(letters) ? "coders differ" : ""));
    });
    if (!rows.length) return null;
    return make("table", { class: "codes" },
      make("caption", {}, title),
      make("thead", {}, make("tr", {},
        make("th", { scope: "col" }, "Code"),
        make("th", { scope: "col" }, `Coder ${first}`),
        make("th", { scope: "col" }, `Coder ${second}`),
        make("th", { scope: "col" }, last[0].toUpperCase() + last.slice(1)),
        make("th", { scope: "col" }, "Note"))),
      make("tbody", {}, rows));
  }

  // Of the many forms only those that a coder saw are worth a line.
  function forms(item, study) {
    return study.details.map((detail) => {
      const seen = detail.codes.filter((code) => (item.codes[code.variable] || "").includes("1"));
      return codes(item.codes, detail.label, seen, study.coders, VALUES);
    });
  }

  function earlier(item, { earlier: edition, narratives, joining }) {
    if (!edition || !Object.keys(item.earlier).length) return [];
    return [
      make("h4", {}, `${edition.label}: codes of whole narratives`),
      make("div", { class: "scroll" },
        codes(item.earlier, "Narratives", narratives, edition.coders, VALUES),
        codes(item.earlier, "Reasons for joining", joining, edition.coders, STATED)),
    ];
  }

  function evidence(item, { study, stories }) {
    if (!item.evidence.length) return [];
    const label = Object.fromEntries([...study.narratives, ...study.joining, ...study.details.flatMap((d) => d.codes)].map((code) => [code.variable, code.label]));
    const before = study.earlier ? study.earlier.coders : [];
    const decided = [study.coders[2], before[2]];
    const coder = (name) => `${decided.includes(name) ? name : `coder ${name}`}${before.includes(name) ? `, ${study.earlier.label.toLowerCase()}` : ""}`;
    return [
      make("h4", {}, "Evidence, paraphrased"),
      make("ul", { class: "evidence" }, item.evidence.map((found) => make("li", {},
        make("span", { class: "who" }, `${label[found.variable] || found.variable.replaceAll("_", " ")}, ${coder(found.coder)}: `),
        said(found.text),
        stories[found.story] ? [" (", paper.away(stories[found.story].url, stories[found.story].outlet || "story"), ")"] : []))),
    ];
  }

  function told(item, { stories }) {
    return [
      make("h4", {}, paper.plural(item.stories.length, "story", "stories")),
      make("ul", { class: "stories" }, item.stories.filter((id) => stories[id]).map((id) => {
        const story = stories[id];
        const when = story.month ? `, ${paper.monthInWords(story.month)}` : "";
        return make("li", {}, paper.away(story.url, story.outlet || "story"), `${when}${story.language ? ` (${story.language})` : ""}`);
      })),
    ];
  }

  function counted(item, figures) {
    const names = Object.keys(figures).filter((name) => figures[name].cases.includes(item.id) && figures[name].place);
    if (!names.length) return [];
    const links = names.map((name) => make("li", {}, make("a", { href: `#${figures[name].place}` }, figures[name].label)));
    return [make("h4", {}, "Counts in"), make("ul", { class: "inline" }, links)];
  }

  paper.caseInFull = (item, data, figures) =>
    make("section", { class: "case", "aria-label": `Case ${item.number}` },
      make("h3", { class: "case-title" }, `${item.number}: `, said(item.description)),
      facts(item, data),
      make("div", { class: "scroll" },
        codes(item.codes, "Narratives", data.study.narratives, data.study.coders, VALUES),
        forms(item, data.study),
        codes(item.codes, "Reasons for joining", data.study.joining, data.study.coders, STATED)),
      earlier(item, data.study), evidence(item, data), told(item, data), counted(item, figures),
      make("p", {}, make("a", { href: paper.writeView({ case: item.id, list: item.list === "core" ? "" : item.list }) },
        `Link to case ${item.number}`)));
})((window.paper = window.paper || {}));
