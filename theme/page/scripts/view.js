// The view of the explorer in the address, so that it can be sent: #cases?voiced=brutality&region=gulf&sort=left
(function (paper) {
  "use strict";

  const MARK = "#cases";

  // The view that an address asks for; null when it asks for something else.
  paper.readView = (hash) => {
    if (hash !== MARK && !hash.startsWith(`${MARK}?`)) return null;
    return Object.fromEntries(new URLSearchParams(hash.slice(MARK.length + 1)));
  };

  paper.writeView = (view) => {
    const set = Object.entries(view).filter(([, value]) => value !== "" && value !== null && value !== undefined);
    const text = new URLSearchParams(set).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return text ? `${MARK}?${text}` : MARK;
  };
})((window.paper = window.paper || {}));
