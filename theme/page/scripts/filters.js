// What the cases can be chosen by. A filter has a key (its name in the address), a label, options, and a test.
(function (paper) {
  "use strict";

  const { make } = paper;
  const NONE = "not_reported";

  const years = (cases, clock) => {
    const found = [...new Set(cases.map((item) => item[clock].split("-")[0]).filter(Boolean))].sort();
    return [...found.map((year) => ({ value: year, label: year })), { value: NONE, label: "not reported" }];
  };

  const byField = (key, field, label, labels) => ({
    key,
    label,
    options: [...(labels[field] || []).filter(([value]) => value !== NONE), [NONE, "not reported"]]
      .map(([value, text]) => ({ value, label: text })),
    test: (item, value) => (item[field] || NONE) === value,
  });

  const byYear = (key, clock, label, cases) => ({
    key,
    label,
    options: years(cases, clock),
    test: (item, value) => (item[clock].split("-")[0] || NONE) === value,
  });

  function reasons(narratives) {
    const codes = (item) => narratives.map((code) => paper.final(item, code.variable));
    const tests = {
      reached: (found) => found.some((code) => code === "1" || code === "0"),
      unreached: (found) => !found.some((code) => code === "1" || code === "0"),
      none: (found) => found.every((code) => code === "0"),
    };
    return {
      key: "reasons",
      label: "Reasons",
      options: [
        { value: "reached", label: "reached by the text" },
        { value: "unreached", label: "not reached" },
        { value: "none", label: "reached, none of these voiced" },
      ],
      test: (item, value) => tests[value](codes(item)),
    };
  }

  // The label of a value, as the data package gives it; the value itself without one.
  paper.labelOf = (labels, field, value) => ((labels[field] || []).find(([known]) => known === value) || [value, value || "not reported"])[1];

  // Every filter that is a list of choices, from the data's own fields and labels.
  paper.filtersOf = ({ study, labels, cases }) => [
    {
      key: "list",
      label: "List",
      first: null,
      options: [
        { value: "core", label: "core list" },
        { value: "later", label: "later cases" },
        { value: "all", label: "core and later" },
      ],
      test: (item, value) => value === "all" || item.list === value,
    },
    reasons(study.narratives),
    {
      key: "joining",
      label: "Reason for joining",
      options: study.joining.map((code) => ({ value: code.variable, label: code.label })),
      test: (item, value) => paper.final(item, value) === "1",
    },
    ...study.clocks.map(({ field, label }) => byYear(field, field, label.replace(/^Month/, "Year"), cases)),
    byField("region", "region", "Region", labels),
    byField("gender", "gender", "Gender", labels),
    byField("role", "role", "Role", labels),
    byField("situation", "status_at_disclosure", "Situation when telling", labels),
    byField("coding", "coding_status", "Coding", labels),
    byField("confidence", "certainty", "Confidence", labels),
  ].map((filter) => dropEmpty(filter, cases));

  // Choices that no case has only lengthen the list.
  function dropEmpty(filter, cases) {
    const used = filter.options.filter(({ value }) => cases.some((item) => filter.test(item, value)));
    return { ...filter, options: used };
  }

  paper.choiceOf = (filter, onchange) => {
    const select = make("select", { id: `by-${filter.key}`, name: filter.key, onchange },
      filter.first === null ? [] : make("option", { value: "" }, "any"),
      filter.options.map(({ value, label }) => make("option", { value }, label)));
    return make("p", { class: "field" }, make("label", { for: select.id }, filter.label), select);
  };

  // All words that a search looks through, once per case.
  const words = new WeakMap();
  paper.wordsOf = (item, { stories, labels }) => {
    if (!words.has(item)) {
      const told = item.stories.map((id) => stories[id] || {}).flatMap((story) => [story.outlet, story.url, story.language]);
      const coded = ["region", "role", "status_at_disclosure"].map((field) => paper.labelOf(labels, field, item[field]));
      const text = [item.id, item.description, item.country, item.note, item.other_reasons, ...coded, ...told,
        ...item.evidence.map((found) => found.text)].join("\n");
      words.set(item, plain(text));
    }
    return words.get(item);
  };

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // The cases that a view asks for, among those that a figure or a number rests on, where it names one.
  paper.chosen = (view, data, filters, counted) => {
    const active = filters.filter((filter) => view[filter.key] && filter.options.some((o) => o.value === view[filter.key]));
    const voiced = (view.voiced || "").split(",").filter(Boolean);
    const searched = plain(view.q || "").split(/\s+/).filter(Boolean);
    return data.cases.filter((item) =>
      active.every((filter) => filter.test(item, view[filter.key])) &&
      voiced.every((variable) => paper.final(item, variable) === "1") &&
      (counted === null || counted.cases.includes(item.id)) &&
      searched.every((word) => paper.wordsOf(item, data).includes(word)));
  };
})((window.paper = window.paper || {}));
