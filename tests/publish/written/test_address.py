"""The address of the full paper: a code that says it, a link, and a word where it leads nowhere yet."""

import pytest
import segno

from publish.base.places import ADDRESS
from publish.written.address import in_markdown, write_address


@pytest.mark.parametrize(
    ("address", "leads_nowhere"),
    [
        ("https://example.org/paper", True),
        ("https://www.example.com", True),
        ("https://counterexample.org/paper", False),
        ("https://kcl.ac.uk/example", False),
    ],
)
def test_a_placeholder_is_said_to_be_one(address, leads_nowhere):
    """The names that are reserved for examples, and no others."""
    assert ("placeholder" in in_markdown(address)) == leads_nowhere


def test_both_formats_get_the_code_of_the_address():
    """The drawing of another's function for this address, with its alternative text, for page and print."""
    address = "https://kcl.ac.uk/paper"
    path = segno.make(address, error="m", micro=False).svg_inline(border=2).split(' d="')[1].split('"')[0]
    text = in_markdown(address)
    assert text.count(path) == 2
    assert text.count(f"QR code of {address}") == 2
    assert f"<{address}>" in text


def test_without_an_address_there_is_no_text(tmp_path):
    """The file is there, since the filter reads it, and empty."""
    (tmp_path / "_quarto.yml").write_text("project:\n  type: default\n")
    write_address(tmp_path)
    assert (tmp_path / ADDRESS).read_text() == ""
