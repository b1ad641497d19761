"""The codes as the file has them, by the csv module alone, with the narratives that forms make."""

from __future__ import annotations

import json
from pathlib import Path

from data_rows import rows_of

Written = dict[tuple[str, str, str], str]


def written_codes(root: Path) -> Written:
    """Coder, case and variable to `1`, `0` or an empty text; where a coder saw forms, the narratives among them."""
    codes = {(row["coder"], row["case_id"], row["variable"]): row["value"] for row in rows_of(root, "codings.csv")}
    study = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))["study"]
    of_forms = [one for one in study["editions"] if one["coded"] == "forms"]
    further = [one["id"] for one in study["coders"] if one.get("compared_with")]
    for coder in [*(name for one in of_forms for name in (*one["coders"], one["final"])), *further]:
        for case in {case for by, case, _ in codes if by == coder}:
            for narrative in study["narratives"]:
                forms = [one["variable"] for one in study["forms"] if one.get("narrative") == narrative["variable"]]
                seen = [codes.get((coder, case, form)) == "1" for form in forms]
                reached = codes.get((coder, case, study["reach"]["variable"])) == "1"
                codes[coder, case, narrative["variable"]] = str(int(any(seen))) if reached else ""
    return codes
