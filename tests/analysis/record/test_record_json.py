"""Records are written as the json module would write them."""

import json

from hypothesis import given
from hypothesis import strategies as st

from analysis.record.ids import Ids
from analysis.record.record_json import as_json

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
CONTENT = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=40)


@given(CONTENT)
def test_the_text_is_that_of_the_json_module(content):
    """Indented by one space, keys sorted, letters as they are: equal to `json.dumps` to the byte."""
    expected = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert as_json(content) == expected.encode("utf-8")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Z"], exclude_characters=" "), min_size=1)))
def test_ids_are_written_as_a_sorted_list(ids):
    """Ids held as one text are written as the list of them in order, whatever letters they have."""
    expected = json.dumps({"cases": sorted(ids)}, indent=1, ensure_ascii=False) + "\n"
    assert as_json({"cases": Ids(ids)}) == expected.encode("utf-8")
    assert len(Ids(ids)) == len(ids)
