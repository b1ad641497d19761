// The case explorer: filters, the table (DataTables sorts, pages and opens rows), the comparison, the address.
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
    make("button", { type: "button", class: "opener", "aria-expanded": "false", "data-case": item.id }, String(item.number));

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

  paper.explorer = (place, data, figures) => {
    const filters = paper.filtersOf(data);
    const byId = new Map(data.cases.map((item) => [item.id, item]));
    const open = new Set();
    let view = {};
    let shown = [];

    const form = paper.explorerForm(place, data, filters, (changed) => show({ ...view, ...changed }), () => show({}));
    const results = place.querySelector("#cases-results");
    const count = place.querySelector("#cases-count");
    const unknown = place.querySelector("#cases-unknown");
    const table = new window.DataTable(place.querySelector("#cases-table"), {
      data: data.cases,
      autoWidth: false,
      columns: columns(data).map(({ title, key, show: cell, number }) => ({
        title,
        type: number ? "num" : "string",
        className: `col-${title.toLowerCase().replace(" ", "-")}${number ? " number" : ""}`,
        data: null,
        render: (_, kind, item) => paper.cell(kind, () => cell(item), () => key(item)),
      })),
      deferRender: true,
      layout: { topStart: null, topEnd: null, bottomStart: "info", bottomEnd: "paging" },
      language: { info: "Rows _START_ to _END_ of _TOTAL_", infoEmpty: "No rows", infoFiltered: "", zeroRecords: "No case fits. Loosen a filter.",
        emptyTable: "There are no cases." },
      order: [[0, "asc"]],
      pageLength: 25,
      rowId: (item) => `case-${item.id}`,
    });
    let kept = new Set(data.cases);
    table.search.fixed("chosen", (_, item) => kept.has(item));

    function toggle(id, wanted) {
      const row = table.row(`#case-${CSS.escape(id)}`);
      if (!row.any()) return;
      const isOpen = row.child.isShown();
      const next = wanted === undefined ? !isOpen : wanted;
      if (next && !isOpen) row.child(paper.caseInFull(byId.get(id), data, figures), "case-row").show();
      if (!next && isOpen) row.child.hide();
      const button = row.node() && row.node().querySelector(".opener");
      if (button) button.setAttribute("aria-expanded", String(next));
      next ? open.add(id) : open.delete(id);
    }

    function pageOf(id) {
      const position = table.rows({ search: "applied", order: "applied" }).data().toArray().findIndex((item) => item.id === id);
      return position < 0 ? null : Math.floor(position / table.page.len());
    }

    // Show a view. The address follows unless it was the address that asked.
    function show(next, fromAddress) {
      view = Object.fromEntries(Object.entries(next).filter(([, value]) => value));
      if (view.list === "core") delete view.list;
      const full = { ...view, list: view.list || "core" };
      const asked = byId.get(view.case);
      if (asked && fromAddress && !paper.chosen(full, data, filters, figures).includes(asked)) full.list = view.list = "all";
      shown = paper.chosen(full, data, filters, figures);
      kept = new Set(shown);
      const [by, down] = (view.sort || "case").split(":");
      [...open].filter((id) => id !== view.case).forEach((id) => toggle(id, false));
      table.order([[SORTS[by] ?? 0, down ? "desc" : "asc"]]).draw();
      form.set(full, figures);
      const whole = data.cases.filter((item) => full.list === "all" || item.list === full.list);
      const name = { core: "core list", later: "later list", all: "core and later lists" }[full.list] || "list";
      results.replaceChildren(paper.summaryOf(data.study, shown, whole, name));
      count.textContent = `${shown.length} of ${paper.plural(whole.length, "case")} chosen`;
      paper.tell(count.textContent);
      if (asked) {
        const page = pageOf(view.case);
        if (page !== null) table.page(page).draw("page");
        toggle(view.case, true);
      }
      if (fromAddress) return;
      unknown.hidden = true;
      history.replaceState(null, "", paper.writeView(view));
    }

    function fromAddress() {
      const read = paper.readView(location.hash);
      if (read === null) return;
      const { view: asked, unknown: strange } = paper.understood(read, data, filters, figures, Object.keys(SORTS));
      show(asked, true);
      unknown.hidden = !strange.length;
      unknown.textContent = strange.length ? `The address asks for what this page does not know: ${strange.join(", ")}. It was left out.` : "";
      const target = (asked.case && document.getElementById(`case-${asked.case}`)) || place;
      target.scrollIntoView();
      const focus = target === place ? place.querySelector("h2") : target.querySelector(".opener");
      if (focus) focus.focus({ preventScroll: true });
    }

    table.on("order", () => {
      const [column, direction] = (table.order()[0] || [0, "asc"]);
      const name = Object.keys(SORTS)[column];
      const sort = direction === "desc" ? `${name}:desc` : name === "case" ? "" : name;
      if ((view.sort || "") === sort) return;
      view = { ...view, sort };
      form.set({ ...view, list: view.list || "core" }, figures);
      history.replaceState(null, "", paper.writeView({ ...view }));
    });
    place.querySelector("#cases-table").addEventListener("click", (event) => {
      const button = event.target.closest(".opener");
      if (button) toggle(button.dataset.case);
    });
    paper.closeOnEscape(place.querySelector("#cases-table"));
    place.querySelector("#cases-download").addEventListener("click", () =>
      paper.save("chosen-cases.csv", paper.toCsv(exported(sorted(), data))));
    const sorted = () => table.rows({ search: "applied", order: "applied" }).data().toArray();

    document.querySelectorAll("a[data-case]").forEach((link) => {
      link.setAttribute("href", paper.writeView({ case: link.dataset.case }));
    });
    show({}, true);
    fromAddress();
    window.addEventListener("hashchange", fromAddress);
    return { show, chosen: () => shown, table };
  };
})((window.paper = window.paper || {}));
