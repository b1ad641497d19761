"""Made-up codes of two narratives, and their names in print."""

import pandas as pd

from analysis.data.study import Code

LABELS = {"a": "Apples", "b": "Bread and salt"}
CODES = tuple(Code(name, label) for name, label in LABELS.items())


def two(both=0, only_a=0, only_b=0, neither=0, unknown=0):
    """Codes of two narratives with these counts."""
    rows = [(1, 1)] * both + [(1, 0)] * only_a + [(0, 1)] * only_b + [(0, 0)] * neither + [(None, None)] * unknown
    index = pd.Index([f"C-{number:02}" for number in range(len(rows))], name="case_id")
    return pd.DataFrame(rows, columns=["a", "b"], index=index).astype("Int64")
