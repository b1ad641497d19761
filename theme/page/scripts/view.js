// The view of the explorer in the address, so that it can be sent: #cases?voiced=brutality&region=gulf&sort=left
(function (paper) {
  "use strict";

  const MARK = "#cases";

  // The view that an address asks for; null when it asks for something else.
  paper.readView = (hash) => {
    if (hash !== MARK && !hash.startsWith(`${MARK}?`)) return null;
    return Object.fromEntries(new URLSearchParams(hash.slice(MARK.length + 1)));
  };

  // The part of a view that this page knows, and what it does not: an address may be old, or mistyped.
  paper.understood = (view, { study, cases }, filters, figures, sorts) => {
    const variables = study.narratives.map((code) => code.variable);
    const known = {
      q: () => true,
      case: (value) => cases.some((item) => item.id === value),
      figure: (value) => value in figures,
      sort: (value) => sorts.includes(value.replace(/:(asc|desc)$/, "")),
      voiced: (value) => value.split(",").every((one) => variables.includes(one)),
    };
    const tests = new Map([...Object.entries(known),
      ...filters.map((filter) => [filter.key, (value) => filter.options.some((option) => option.value === value)])]);
    const given = Object.entries(view).filter(([, value]) => value);
    const good = given.filter(([key, value]) => tests.has(key) && tests.get(key)(value));
    return { view: Object.fromEntries(good), unknown: given.filter((pair) => !good.includes(pair)).map((pair) => pair.join("=")) };
  };

  paper.writeView = (view) => {
    const set = Object.entries(view).filter(([, value]) => value !== "" && value !== null && value !== undefined);
    const text = new URLSearchParams(set).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return text ? `${MARK}?${text}` : MARK;
  };
})((window.paper = window.paper || {}));
