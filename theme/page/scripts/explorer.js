// The case explorer: filters, the table, the comparison, the address.
(function (paper) {
  "use strict";

  const { make, said } = paper;
  const SORTS = { case: 0, description: 1, left: 2, first_public: 3, voiced: 4, coders: 5, stories: 6 };
  const LATEST = "9999"; // what is not reported comes last

  const columns = ({ study, labels }) => [
    { title: "Case", key: (item) => item.number, show: opener, number: true },
    { title: "Description", key: (item) => item.description, show: (item) => said(item.description) },
    { title: "Left", key: (item) => item.left || LATEST, show: (item) => paper.monthInWords(item.left) },
    { title: "First public", key: (item) => item.first_public || LATEST, show: (item) => paper.monthInWords(item.first_public) },
    { title: "Voiced", key: (item) => paper.voicedBy(item, study.narratives), show: (item) => paper.voicedBy(item, study.narratives) },
    { title: "Coders", key: (item) => item.coding_status, show: (item) => paper.labelOf(labels, "coding_status", item.coding_status) },
    { title: "Stories", key: (item) => item.stories.length, show: (item) => String(item.stories.length), number: true },
  ];

  const opener = (item) =>
    make("button", { type: "button", class: "opener", "data-key": item.id }, String(item.number));

  function exported(items, { study, labels, stories }) {
    const codes = [...study.narratives, ...study.joining];
    const clocks = study.clocks.map(({ field }) => field);
    const heads = ["number", "case_id", "list", "description", "country", "region", "gender", "minor_when_joined", "role", "joined",
      ...clocks, "left_basis", "status_at_disclosure", "certainty", "coding_status",
      ...codes.flatMap((code) => study.coders.map((coder) => `${code.variable}_${coder}`)), "stories"];
    const letter = { "?": "", "-": "not coded" };
    return [heads, ...items.map((item) => [item.number, item.id, item.list, item.description, item.country, paper.labelOf(labels, "region", item.region),
      item.gender, item.minor === null ? "" : item.minor, item.role, item.joined,
      ...clocks.map((clock) => item[clock]), item.left_basis, item.status_at_disclosure, item.certainty, item.coding_status,
      ...codes.flatMap((code) => [...(item.codes[code.variable] || "---")].map((value) => letter[value] ?? value)),
      item.stories.map((id) => (stories[id] || {}).url).filter(Boolean).join(" ")])];
  }

  // The explorer in its part of the page. `behind(view)` gives the cases that a figure or a number rests on.
  paper.explorer = (place, data, figures, behind) => {
    const filters = paper.filtersOf(data);
    const byId = new Map(data.cases.map((item) => [item.id, item]));
    const variables = data.study.narratives.map((code) => code.variable);
    const known = new Map([
      ["q", () => true],
      ["case", (value) => byId.has(value)],
      ["figure", (value) => behind({ figure: value }) !== null],
      ["value", (value) => behind({ value }) !== null],
      ["claim", (value) => behind({ claim: value }) !== null],
      ["sort", (value) => Object.hasOwn(SORTS, value.replace(/:(asc|desc)$/, ""))],
      ["voiced", (value) => value.split(",").every((one) => variables.includes(one))],
      ...filters.map((filter) => [filter.key, (value) => filter.options.some((option) => option.value === value)]),
    ]);
    let view = {};
    let shown = [];

    const form = paper.explorerForm(place, data, filters, (changed) => show({ ...view, ...changed }), () => show({}));
    const results = place.querySelector("#cases-results");
    const rows = place.querySelector("#cases-rows");
    const count = place.querySelector("#cases-count");
    const choose = place.querySelector("#cases-choose");
    const phone = window.matchMedia("(max-width: 52em)").matches; // the cases come first, the choices open on request
    choose.open = !phone;
    const unknown = place.querySelector("#cases-unknown");
    const table = paper.table(place.querySelector("#cases-table"), {
      columns: columns(data),
      keyOf: (item) => item.id,
      full: (item) => paper.caseInFull(item, data, figures),
      none: "No case fits. Loosen a filter.",
      prefix: "case",
      perPage: 25,
      onsort(by, down) {
        const name = Object.keys(SORTS)[by];
        view = { ...view, sort: down ? `${name}:desc` : name === "case" ? "" : name };
        form.set({ ...view, list: view.list || "core" });
        history.replaceState(null, "", paper.writeView(view));
      },
    });

    // Show a view. The address follows unless it was the address that asked.
    function show(next, fromAddress) {
      view = Object.fromEntries(Object.entries(next).filter(([, value]) => value));
      if (view.list === "core") delete view.list;
      const full = { ...view, list: view.list || "core" };
      const asked = byId.get(view.case);
      const counted = behind(view);
      if (asked && fromAddress && !paper.chosen(full, data, filters, counted).includes(asked)) full.list = view.list = "all";
      shown = paper.chosen(full, data, filters, counted);
      const [by, down] = (view.sort || "case").split(":");
      table.show(shown, { by: SORTS[by] ?? 0, down: down === "desc" }, view.case);
      form.set(full);
      paper.behindWords(place, counted, () => show({ ...view, figure: "", value: "", claim: "" }));
      counted ? rows.after(results) : rows.before(results); // who they are comes before what they add up to
      const whole = data.cases.filter((item) => full.list === "all" || item.list === full.list);
      const name = { core: "core list", later: "later list", all: "core and later lists" }[full.list] || "list";
      results.replaceChildren(paper.summaryOf(data.study, shown, whole, name));
      count.textContent = `${shown.length} of ${paper.plural(whole.length, "case")} chosen`;
      paper.tell(count.textContent);
      if (fromAddress) return;
      unknown.hidden = true;
      history.replaceState(null, "", paper.writeView(view));
    }

    function fromAddress() {
      const read = paper.readView(location.hash);
      if (read === null) return;
      const { view: asked, words } = paper.understood(read, known);
      show(asked, true);
      choose.open = !phone && !behind(asked);
      unknown.hidden = !words;
      unknown.textContent = words;
      const target = (asked.case && document.getElementById(`case-${asked.case}`)) || place;
      target.scrollIntoView();
      const focus = target === place ? place.querySelector(behind(asked) ? "h3" : "h2") : target.querySelector(".opener");
      if (focus) focus.focus({ preventScroll: true });
    }

    place.querySelector("#cases-download").addEventListener("click", () =>
      paper.saveRows("chosen-cases.csv", exported(table.sorted(), data)));

    document.querySelectorAll("a[data-case]").forEach((link) => {
      link.setAttribute("href", paper.writeView({ case: link.dataset.case }));
    });
    show({}, true);
    fromAddress();
    window.addEventListener("hashchange", fromAddress);
  };
})((window.paper = window.paper || {}));
