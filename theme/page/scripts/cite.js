// The citation, to copy: as it stands below the title, and for BibTeX.
(function (paper) {
  "use strict";

  const { make } = paper;
  const text = (selector) => (document.querySelector(selector) || { textContent: "" }).textContent.trim();
  const meta = (name) => (document.querySelector(`meta[name="${name}"]`) || { content: "" }).content;

  function bibtex() {
    const title = [text("#title-block-header .title"), text("#title-block-header .subtitle")].filter(Boolean).join(": ");
    const year = meta("dcterms.date").slice(0, 4);
    const fields = { title: `{${title}}`, author: `{${meta("author")}}`, year, note: text("#title-block-header .version") };
    const key = `${meta("author").split(" ").map((word) => word[0] || "").join("").toLowerCase()}${year}`;
    const lines = Object.entries(fields).filter(([, value]) => value && value !== "{}").map(([name, value]) => `  ${name} = {${value}}`);
    return `@misc{${key},\n${lines.join(",\n")}\n}`;
  }

  paper.cite = () => {
    const place = document.querySelector(".cite-as");
    if (!place) return;
    const plain = place.textContent.replace(/^\s*How to cite\s*/, "").trim();
    const said = make("pre", { class: "cited", hidden: true, tabindex: "0", "aria-label": "Citation" });
    const copy = (what, content) => make("button", {
      type: "button", class: "as-link", async onclick() {
        said.textContent = content;
        said.hidden = false;
        const copied = await navigator.clipboard.writeText(content).then(() => true, () => false);
        if (!copied) window.getSelection().selectAllChildren(said);
        paper.tell(copied ? `${what} copied.` : `${what} selected: copy it with the keys of your machine.`);
        note.textContent = copied ? "Copied." : "Selected, to copy.";
      },
    }, `Copy ${what}`);
    const note = make("span", { class: "muted", "aria-hidden": "true" });
    place.append(make("p", { class: "actions cite-tools" }, copy("citation", plain), copy("BibTeX", bibtex()), note), said);
  };
})((window.paper = window.paper || {}));
