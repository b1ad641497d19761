// The view of an explorer in the address, so that it can be sent: #cases?voiced=brutality&region=gulf, #claims?verdict=supported
(function (paper) {
  "use strict";

  const LONGEST = 200; // letters of an address that are said again

  // The view of a part of the page that an address asks for; null when it asks for something else.
  paper.readView = (hash, part = "cases") => {
    if (hash !== `#${part}` && !hash.startsWith(`#${part}?`)) return null;
    const found = new Map(); // a key that stands twice has both values, as a list of one key has
    new URLSearchParams(hash.slice(part.length + 2)).forEach((value, key) =>
      found.set(key, found.has(key) ? `${found.get(key)},${value}` : value));
    return Object.fromEntries(found);
  };

  // The part of a view that this page knows, and what it does not: an address may be old, or mistyped.
  // `tests` says of each key, in a Map, whether a value of it is known.
  paper.understood = (view, tests) => {
    const given = Object.entries(view).filter(([, value]) => value);
    const good = given.filter(([key, value]) => tests.has(key) && tests.get(key)(value));
    const strange = given.filter((pair) => !good.includes(pair)).map((pair) => pair.join("=")).join(", ");
    const named = strange.length > LONGEST ? `${strange.slice(0, LONGEST)} …` : strange;
    const words = strange ? `The address asks for what this page does not know: ${named}. It was left out.` : "";
    return { view: Object.fromEntries(good), words };
  };

  paper.writeView = (view, part = "cases") => {
    const set = Object.entries(view).filter(([, value]) => value !== "" && value !== null && value !== undefined);
    const text = new URLSearchParams(set).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return text ? `#${part}?${text}` : `#${part}`;
  };
})((window.paper = window.paper || {}));
