"""A file gets to its place whole, also where the place is on another disk."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from pathlib import Path

import pytest

from publish.base import whole
from publish.base.failures import written_out
from publish.base.whole import write_whole
from publish.build.delivery import deliver


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


def test_outputs_on_another_disk_are_replaced_together(tmp_path: Path) -> None:
    """When that disk has no room for one of them, all stay as they were; afterwards nothing half-made lies there."""
    (tmp_path / ".cache").mkdir()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as disk:
        (tmp_path / "_output").symlink_to(disk)
        pairs = [(tmp_path / name, tmp_path / "_output" / name) for name in ("a", "b")]
        for source, target in pairs:
            source.write_text("new", "utf-8")
            target.write_text("old", "utf-8")
        with pytest.raises(FileNotFoundError):
            deliver(tmp_path, [*pairs, (tmp_path / "c", tmp_path / "_output/c")])
        assert {target.read_text("utf-8") for _, target in pairs} == {"old"}
        deliver(tmp_path, pairs)
        assert {target.read_text("utf-8") for _, target in pairs} == {"new"}
        assert sorted(file.name for file in (tmp_path / "_output").iterdir()) == ["a", "b"]


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            FileExistsError(errno.EEXIST, "File exists", "/paper/.cache"),
            r"^\.cache: a file, or a link that leads nowhere",
        ),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory", "/paper/_output/a"), "Move it away"),
        (
            UnicodeEncodeError("utf-8", '{"x": "data/caf\udce9.csv"}', 15, 16, "surrogates"),
            r"^data/caf\\udce9\.csv: the name",
        ),
        (UnicodeEncodeError("ascii", "\xe9", 0, 1, "ordinal"), "^UnicodeEncodeError: 'ascii' codec"),
    ],
)
def test_what_the_system_says_is_told_with_the_way_out(error: Exception, says: str) -> None:
    """Something in the place of a folder, a name of a file in no encoding; another failure of letters stays itself."""
    assert re.search(says, written_out(error, Path("/paper")))
