// A table whose heads sort, that turns pages, and whose rows open: the button in a row shows the row in full below it.
(function (paper) {
  "use strict";

  const { make } = paper;
  const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const classOf = ({ title, number }) => `col-${title.toLowerCase().replace(/[^a-z]+/g, "-").replace(/-$/, "")}${number ? " number" : ""}`;

  // columns: title, key (to sort by), show (the cell), number. keyOf: a row's name; full: what it holds in full.
  // onsort hears of a sort that a reader asked for.
  paper.table = (element, { columns, keyOf, full, none, prefix, perPage = Infinity, onsort = () => {} }) => {
    let items = [];
    let [by, down, page] = [0, false, 0];
    const open = new Set();
    const body = make("tbody");
    const heads = columns.map((column, place) => make("th", { scope: "col", class: classOf(column) },
      make("button", { type: "button", class: "sorter", onclick: () => {
        [by, down, page] = [place, place === by && !down, 0];
        draw();
        onsort(by, down);
      } }, column.title)));
    const turn = (step, words) => make("button", { type: "button", class: `turn ${words.toLowerCase()}`, onclick: () => { page += step; draw(); } }, words);
    const [back, on, info] = [turn(-1, "Previous"), turn(1, "Next"), make("span", {})];
    const pages = make("nav", { class: "pages", "aria-label": "Pages of the table" }, info, back, on);
    element.append(make("thead", {}, make("tr", {}, heads)), body);
    element.after(pages);

    function inOrder() {
      const keyed = items.map((item) => [columns[by].key(item), item]);
      return keyed.sort(([a], [b]) => (down ? order(b, a) : order(a, b))).map(([, item]) => item);
    }

    function rowOf(item) {
      const key = keyOf(item);
      const row = make("tr", { id: `${prefix}-${key}` }, columns.map((column) => make("td", { class: classOf(column) }, column.show(item))));
      row.querySelector(".opener").setAttribute("aria-expanded", String(open.has(key)));
      return open.has(key) ? [row, make("tr", { class: "case-row" }, make("td", { colspan: columns.length }, full(item)))] : [row];
    }

    function draw() {
      const sorted = inOrder();
      page = Math.min(page, Math.max(0, Math.ceil(sorted.length / perPage) - 1));
      const first = page ? page * perPage : 0;
      const shown = sorted.slice(first, first + perPage);
      body.replaceChildren(...shown.flatMap(rowOf));
      if (!shown.length) body.append(make("tr", {}, make("td", { colspan: columns.length }, none)));
      heads.forEach((head, place) => (place === by ? head.setAttribute("aria-sort", down ? "descending" : "ascending") : head.removeAttribute("aria-sort")));
      info.textContent = `Rows ${first + Math.min(1, shown.length)} to ${first + shown.length} of ${sorted.length}`;
      pages.hidden = sorted.length <= perPage;
      back.disabled = page === 0;
      on.disabled = first + perPage >= sorted.length;
    }

    function toggle(button) {
      const key = button.dataset.key;
      open.has(key) ? open.delete(key) : open.add(key);
      draw();
      body.querySelector(`.opener[data-key="${CSS.escape(key)}"]`).focus();
    }

    body.addEventListener("click", (event) => {
      const button = event.target.closest(".opener");
      if (button) toggle(button);
    });
    // Escape, in a row that stands open or in what it opened, closes it and goes back to its button.
    body.addEventListener("keydown", (event) => {
      const row = event.key === "Escape" && event.target.closest("tr:not(table table tr)");
      const button = row && (row.classList.contains("case-row") ? row.previousElementSibling : row).querySelector(".opener[aria-expanded='true']");
      if (button) toggle(button);
    });
    return {
      // Show rows, sorted, with one of them open (on its page) or none.
      show(next, sort, key) {
        [items, by, down, page] = [next, sort.by, sort.down, 0];
        open.clear();
        if (key) {
          open.add(key);
          page = Math.max(0, Math.floor(inOrder().findIndex((item) => keyOf(item) === key) / perPage));
        }
        draw();
      },
      sorted: inOrder,
    };
  };
})((window.paper = window.paper || {}));
