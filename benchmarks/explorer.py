"""How fast the page's explorer answers a filter, with many more cases than the paper has, in the test browser."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

CASES = 5000
REPEATS = 7
# What a reader changes, as the address would say it; each is measured from the change to the next painted frame.
FILTERS = (
    "voiced=brutality",
    "region=western_europe&gender=male",
    "q=europe",
    "joining=joining_defend_sunnis&left=2015",
)
_ISLAND = re.compile(r'(<script type="application/json" id="paper-data">)(.*?)(</script>)', re.DOTALL)
_ANSWER = """view => new Promise(done => {
  const begin = performance.now();
  paper.shown.show(view);
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin), 0));
})"""


def answers(page: Path, cases: int = CASES, repeats: int = REPEATS) -> dict[str, list[float]]:
    """Filter, as in the address, to the milliseconds of each of its answers.

    Args:
        page: `report.html` as the build made it.
        cases: How many cases the explorer holds; the paper's own are repeated under new ids.
        repeats: How often each filter is measured.
    """
    times: dict[str, list[float]] = {view: [] for view in FILTERS}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        grown = Path(folder) / "grown.html"
        grown.write_text(_ISLAND.sub(lambda found: _grown(found, cases), page.read_text("utf-8"), count=1), "utf-8")
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.goto(grown.as_uri())
        tab.locator("html[data-ready]").wait_for(state="attached")  # the page's policy forbids wait_for_function
        for view in FILTERS * repeats:
            tab.evaluate(_ANSWER, {"list": "all"})
            wanted = dict(part.split("=") for part in view.split("&"))
            times[view].append(tab.evaluate(_ANSWER, {"list": "all", **wanted}))
        browser.close()
    return times


def _grown(found: re.Match[str], cases: int) -> str:
    data: dict[str, Any] = json.loads(found[2])
    own = data["explorer"]["cases"]
    data["explorer"]["cases"] = [{**own[n % len(own)], "id": f"{own[n % len(own)]['id']}-{n}"} for n in range(cases)]
    return found[1] + json.dumps(data).replace("<", "\\u003c") + found[3]
