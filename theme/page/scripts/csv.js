// Rows as CSV that a spreadsheet opens without running anything; the rule is that of publish/page/rows.py.
(function (paper) {
  "use strict";

  const CONTROLS = /[\u0000-\u001f\u007f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/g;
  const NUMBER = /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/;
  const FORMULA = /^[\s'"]*[=+\-@＝＋－＠]/;

  // A cell that no spreadsheet takes for a formula: an apostrophe goes before it, controls of line and direction go.
  paper.safeCell = (value) => {
    const text = value === null || value === undefined ? "" : String(value).replace(CONTROLS, " ");
    return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  };

  paper.toCsv = (rows) =>
    rows.map((row) => row.map((cell) => `"${paper.safeCell(cell).replace(/"/g, '""')}"`).join(",")).join("\r\n") + "\r\n";

  paper.save = (name, blob) => {
    const address = URL.createObjectURL(blob);
    const link = paper.make("a", { href: address, download: name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };

  paper.saveRows = (name, rows) => paper.save(name, new Blob(["\ufeff", paper.toCsv(rows)], { type: "text/csv;charset=utf-8" }));
})((window.paper = window.paper || {}));
