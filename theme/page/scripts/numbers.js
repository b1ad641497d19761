// The numbers below a figure: text for a reader without scripts; here a table when it is opened, and a file for a spreadsheet.
(function (paper) {
  "use strict";

  const { make, hidden } = paper;
  const MOST_ROWS = 120; // a longer table is better read as a file
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

  // A number with more than three decimals to three significant figures, without an exponent; else as it is.
  function rounded(cell) {
    if (!/^-?\d+\.\d{4,}$/.test(cell)) return cell;
    const size = Number(cell) ? Math.floor(Math.log10(Math.abs(Number(cell)))) : 2;
    return Number(cell).toFixed(Math.max(0, 2 - size));
  }

  // Rows as a reader wants them: short numbers, plain names of columns, counts of cases but not their ids.
  paper.readable = ([head, ...rows]) => {
    const kept = head.map((name, place) => name !== "cases" || rows.every((row) => /^\d+$/.test(row[place])));
    const only = (row) => row.filter((_, place) => kept[place]);
    return [only(head).map((name) => name.replaceAll("_", " ")), ...rows.map((row) => only(row).map(rounded))];
  };

  function tableOf([head, ...rows]) {
    return make("table", {},
      make("thead", {}, make("tr", {}, head.map((cell) => make("th", { scope: "col" }, cell)))),
      make("tbody", {}, rows.map((row) => make("tr", {}, row.map((cell) => make("td", {}, cell))))));
  }

  paper.numbers = () => document.querySelectorAll(".figure-data").forEach((details) => {
    const name = details.dataset.figure;
    const text = details.querySelector("pre");
    const rows = paper.fromCsv(text.textContent);
    const save = () => paper.save(`${name}.csv`, paper.toCsv(rows));
    details.after(" ", make("button", { type: "button", class: "as-link", onclick: save }, "Numbers as CSV", hidden(` of ${name}`)));
    if (details.dataset.kind === "figure" && rows.length <= MOST_ROWS) {
      details.addEventListener("toggle", () => text.replaceWith(tableOf(paper.readable(rows))), { once: true });
    } else details.remove();
  });
})((window.paper = window.paper || {}));
