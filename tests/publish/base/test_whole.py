"""A file gets to its place whole, also where the place is on another disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from publish.base import whole
from publish.base.whole import write_whole


def test_a_place_on_another_disk_is_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`_output` as a link or a volume, `.cache` elsewhere: a rename does not cross disks, a copy beside it does."""
    rename = os.replace

    def across(source: Path, target: Path) -> None:
        if Path(source).parent != Path(target).parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        rename(source, target)

    monkeypatch.setattr(whole.os, "replace", across)
    write_whole(tmp_path / "_output/report.html", "new", tmp_path)
    assert (tmp_path / "_output/report.html").read_text("utf-8") == "new"
    assert [file.name for file in (tmp_path / "_output").iterdir()] == ["report.html"]
