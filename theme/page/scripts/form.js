// The explorer's controls: what they show is the view, what a person changes becomes the view.
(function (paper) {
  "use strict";

  const { make } = paper;
  const SORTS = [["case", "case"], ["left", "month of leaving"], ["first_public", "month first public"], ["voiced", "what was voiced"],
    ["coders", "coding"], ["stories", "fewest stories"], ["stories:desc", "most stories"]];

  paper.explorerForm = (place, { study }, filters, change, clear) => {
    const form = place.querySelector("#cases-form");
    const search = form.querySelector("#by-q");
    const voiced = () => [...form.querySelectorAll("[name=voiced]:checked")].map((box) => box.value).join(",");

    form.querySelector("#cases-voiced").append(...study.narratives.map((code) =>
      make("label", { class: "box" },
        make("input", { type: "checkbox", name: "voiced", value: code.variable, onchange: () => change({ voiced: voiced(), case: "" }) }),
        ` ${code.label}`)));
    form.querySelector("#cases-filters").append(...filters.map((filter) =>
      paper.choiceOf(filter, (event) => change({ [filter.key]: event.target.value, case: "" }))));
    const sort = make("select", { id: "by-sort", onchange: () => change({ sort: sort.value === "case" ? "" : sort.value }) },
      SORTS.map(([value, label]) => make("option", { value }, label)));
    form.querySelector("#cases-filters").append(make("p", { class: "field sort" }, make("label", { for: "by-sort" }, "Sort by"), sort));
    search.addEventListener("input", () => change({ q: search.value.trim(), case: "" }));
    form.addEventListener("submit", (event) => event.preventDefault());
    place.querySelector("#cases-clear").addEventListener("click", () => { clear(); search.focus(); });

    return {
      // Make every control show the view.
      set(view) {
        if (search.value.trim() !== (view.q || "")) search.value = view.q || "";
        const wanted = (view.voiced || "").split(",");
        form.querySelectorAll("[name=voiced]").forEach((box) => { box.checked = wanted.includes(box.value); });
        filters.forEach((filter) => { form.querySelector(`#by-${filter.key}`).value = view[filter.key] || (filter.first === null ? "core" : ""); });
        sort.value = SORTS.some(([value]) => value === view.sort) ? view.sort : "case";
      },
    };
  };

  // Whose cases are shown, where a figure or a number asked for them, and the way back to it.
  paper.behindWords = (place, counted, all) => {
    const box = place.querySelector("#cases-behind");
    box.hidden = !counted;
    box.replaceChildren(...(counted ? [
      make("h3", { tabindex: "-1" }, `${paper.people(counted.cases.length)} behind ${counted.label}`),
      make("p", { class: "actions" }, make("a", { href: counted.place }, `Back to ${counted.label}`),
        make("button", { type: "button", onclick: all }, "All cases again")),
    ] : []));
  };
})((window.paper = window.paper || {}));
