// The claims ledger as an interactive table.
(function (paper) {
  "use strict";
  paper.claims = () => {};
})((window.paper = window.paper || {}));
