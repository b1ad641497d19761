// Tabs below a figure: its chart, its numbers as a table, where it comes from, and files to take away.
(function (paper) {
  "use strict";

  const { make, hidden } = paper;
  const CELL = /(,|\n)(?:"((?:[^"]|"")*)"|([^,\n]*))/g;
  // The rows of a CSV text, header first.
  paper.fromCsv = (text) => {
    const rows = [];
    for (const [, before, quoted, bare] of `\n${text.trimEnd()}`.matchAll(CELL)) {
      if (before === "\n") rows.push([]);
      rows[rows.length - 1].push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    }
    return rows;
  };

  // What is drawn, a row each in the words of its mark; all else is in the file of numbers.
  function drawn(svg) {
    const rows = [...svg.querySelectorAll(".mark")].map((mark) => /^(.*?)(?:: (.*))?$/.exec(mark.getAttribute("aria-label")).slice(1));
    return [tableOf([["What is drawn", "Numbers"], ...rows.map(([name, numbers]) => [name, numbers || ""])]),
      make("p", {}, "All numbers behind it are in the file, under Download.")];
  }

  function tableOf([head, ...rows]) {
    return make("table", {},
      make("thead", {}, make("tr", {}, head.map((cell) => make("th", { scope: "col" }, cell)))),
      make("tbody", {}, rows.map(([first, ...row]) => make("tr", {}, make("th", { scope: "row" }, first), row.map((cell) => make("td", {}, cell))))));
  }

  const button = (words, name, onclick) => make("button", { type: "button", class: "as-link", onclick }, words, hidden(` of ${name}`));

  // Where a number or a figure was computed: the page of the notebook lies beside this page.
  paper.computedIn = ({ notebook, cell }) =>
    make("p", {}, "Computed in ", make("a", { href: `notebooks/${notebook}.html#${cell}` }, `analysis/${notebook}.ipynb, cell ${cell}`),
      ", which lies beside this page and not in a copy that was sent alone.");

  function sources(figure, after, stories) {
    const told = stories(figure.cases);
    return [
      paper.computedIn(figure),
      figure.cases.length ? make("p", {}, `It counts ${paper.plural(figure.cases.length, "person", "people")}`, told ? `, in ${paper.plural(told, "linked story", "linked stories")}.` : ".") : [],
      make("p", {}, after ? after.textContent.trim() : ""),
    ];
  }

  function downloads(name, figure, rows, svg, alone) {
    const about = { title: figure.title, source: alone };
    return [make("p", { class: "actions" },
      button("Numbers (CSV)", figure.label, () => paper.saveRows(`${name}.csv`, rows)),
      button("Drawing (SVG)", figure.label, () => paper.save(`${name}.svg`, new Blob([paper.drawingOf(svg, about)], { type: "image/svg+xml" }))),
      button("Picture (PNG)", figure.label, async () => paper.save(`${name}.png`, await paper.pictureOf(svg, about))))];
  }

  function tabs(tools, name, figure, rows, stories) {
    const box = document.querySelector(`#${CSS.escape(figure.place)} [aria-describedby]`);
    const before = tools.previousElementSibling;
    const source = before.matches(".source") ? before : null;
    const panel = make("div", { class: "panel scroll", role: "tabpanel", id: `panel-${name}`, hidden: true });
    const cite = `${document.title}, ${figure.label}. ${source ? source.textContent.trim() : ""}`;
    const views = {
      Chart: null,
      Table: () => drawn(box.querySelector("svg")),
      Sources: () => sources(figure, source, stories),
      Download: () => downloads(name, figure, rows, box.querySelector("svg"), cite),
    };
    box.id = `chart-${name}`;
    box.setAttribute("role", "tabpanel");
    box.setAttribute("aria-labelledby", `tab-${name}-Chart`);
    box.after(panel);
    const buttons = Object.entries(views).map(([words, view]) => make("button", {
      type: "button", role: "tab", id: `tab-${name}-${words}`, "aria-selected": String(!view), "aria-controls": (view ? panel : box).id,
      onclick(event) {
        const top = list.getBoundingClientRect().top;
        buttons.forEach((one) => one.setAttribute("aria-selected", String(one === event.currentTarget)));
        box.hidden = Boolean(view);
        panel.hidden = !view;
        panel.setAttribute("aria-labelledby", event.currentTarget.id);
        panel.replaceChildren(...[view ? view() : []].flat(2));
        window.scrollBy(0, list.getBoundingClientRect().top - top); // the tabs stay under the pointer
      },
    }, words));
    const list = make("div", { class: "tabs", role: "tablist", "aria-label": `Views of ${figure.label}` }, buttons);
    paper.rove(list, buttons);
    tools.prepend(list);
  }

  paper.tabs = (figures, explorer) => {
    const told = new Map((explorer ? explorer.cases : []).map((item) => [item.id, item.stories]));
    const stories = (cases) => new Set(cases.flatMap((id) => told.get(id) || [])).size;
    document.querySelectorAll(".figure-data").forEach((details) => {
      const name = details.dataset.figure;
      const rows = paper.fromCsv(details.querySelector("pre").textContent);
      const tools = details.parentElement;
      details.remove();
      if (details.dataset.kind === "figure") tabs(tools, name, figures[name], rows, stories);
      else tools.prepend(button("Numbers (CSV)", name, () => paper.saveRows(`${name}.csv`, rows)));
    });
  };
})((window.paper = window.paper || {}));
