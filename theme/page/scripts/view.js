// The view of an explorer in the address, so that it can be sent: #cases?voiced=brutality&region=gulf, #claims?verdict=supported
(function (paper) {
  "use strict";

  // The view of a part of the page that an address asks for; null when it asks for something else.
  paper.readView = (hash, part = "cases") => {
    if (hash !== `#${part}` && !hash.startsWith(`#${part}?`)) return null;
    return Object.fromEntries(new URLSearchParams(hash.slice(part.length + 2)));
  };

  // The part of a view that this page knows, and what it does not: an address may be old, or mistyped.
  // `tests` says of each key, in a Map, whether a value of it is known.
  paper.understood = (view, tests) => {
    const given = Object.entries(view).filter(([, value]) => value);
    const good = given.filter(([key, value]) => tests.has(key) && tests.get(key)(value));
    const strange = given.filter((pair) => !good.includes(pair)).map((pair) => pair.join("="));
    const words = strange.length ? `The address asks for what this page does not know: ${strange.join(", ")}. It was left out.` : "";
    return { view: Object.fromEntries(good), words };
  };

  paper.writeView = (view, part = "cases") => {
    const set = Object.entries(view).filter(([, value]) => value !== "" && value !== null && value !== undefined);
    const text = new URLSearchParams(set).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return text ? `#${part}?${text}` : `#${part}`;
  };
})((window.paper = window.paper || {}));
