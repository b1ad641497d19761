// Tabs below a figure: its chart, its numbers as a table, where it comes from, and files to take away.
(function (paper) {
  "use strict";

  const { make, hidden } = paper;
  const CELL = /(,|\n)(?:"((?:[^"]|"")*)"|([^,\n]*))/g;
  // What stands at the end of a column's name, in words; alone it is the name.
  const WORDS = { n: "number", denominator: "of", low: "from", high: "to", holm: "corrected for all tests" };
  const ALONE = { low: "interval from", high: "interval to" };

  // The rows of a CSV text, header first.
  paper.fromCsv = (text) => {
    const rows = [];
    for (const [, before, quoted, bare] of `\n${text.trimEnd()}`.matchAll(CELL)) {
      if (before === "\n") rows.push([]);
      rows[rows.length - 1].push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    }
    return rows;
  };

  function columnInWords(name) {
    const [last, ...before] = name.split("_").reverse();
    const words = !before.length ? ALONE[last] || WORDS[last] || last
      : `${before.reverse().join(" ")}${WORDS[last] ? ", " : " "}${WORDS[last] || last}`;
    return /^p\b/.test(words) ? words : words[0].toUpperCase() + words.slice(1);
  }

  // A number with more than three decimals to three significant figures, without an exponent; a code as words.
  function cellInWords(cell) {
    if (/^[a-z]+(_[a-z0-9]+)+$/.test(cell)) return cell.replaceAll("_", " ");
    if (!/^-?\d+\.\d{4,}$/.test(cell)) return cell;
    const size = Number(cell) ? Math.floor(Math.log10(Math.abs(Number(cell)))) : 2;
    return Number(cell).toFixed(Math.max(0, 2 - size));
  }

  // Rows as a reader wants them: short numbers, columns named in words, counts of cases but not their ids, labels for codes.
  paper.readable = ([head, ...rows]) => {
    const unwanted = (name, place) =>
      (name === "cases" && !rows.every((row) => /^\d+$/.test(row[place]))) || (["variable", "rank"].includes(name) && head.includes("label"));
    const kept = head.map((name, place) => !unwanted(name, place));
    const only = (row) => row.filter((_, place) => kept[place]);
    return [only(head).map(columnInWords), ...rows.map((row) => only(row).map(cellInWords))];
  };

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
    const source = tools.previousElementSibling;
    const panel = make("div", { class: "panel scroll", role: "tabpanel", id: `panel-${name}`, hidden: true });
    const cite = `${document.title}, ${figure.label}. ${source ? source.textContent.trim() : ""}`;
    const views = {
      Chart: null,
      Table: () => tableOf(paper.readable(rows)),
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
