"""A small paper that holds each supported thing once, and what Quarto itself made of it.

`python tests/papers/small_paper.py`, where Quarto is on PATH, records anew what Quarto makes; test_engines.py compares.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from publish.engine import quarto

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RECORDED = HERE / "small" / "recorded"
# Every field that the theme's typst-show.typ reads, printed plainly, so that the record outlives changes of the theme.
FIELDS = """
    title subtitle short-title kicker date date-meta version contact cite-as description abstract labels.abstract lang
    region papersize section-numbering toc toc-title toc-depth
""".split()  # noqa: SIM905 - names to be read
NAMES = """
    id class href role aria-label aria-describedby data-number data-name data-case data-label
""".split()  # noqa: SIM905 - attributes that carry names
PROBE = "".join(f"// {name}: $if({name})$[${name}$]$endif$\n" for name in FIELDS)
PROBE += "// authors: $for(by-author)$[$it.name.literal$]$for(it.affiliations)$($it.name$)$endfor$$endfor$\n// end\n"


def small_paper(folder: Path, body: str | None = None) -> Path:
    """A copy of it as a project of its own.

    Args:
        folder: An empty folder.
        body: What to put in place of the whole text below the front matter.
    """
    shutil.copytree(HERE / "small", folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("recorded"))
    config = (ROOT / "_quarto.yml").read_text("utf-8").replace("    - brief.qmd\n", "")
    (folder / "_quarto.yml").write_text(config, "utf-8")
    shutil.copytree(ROOT / "publish", folder / "publish", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "theme").symlink_to(ROOT / "theme")
    if body is not None:
        report = folder / "report.qmd"
        front = report.read_text("utf-8").split("---\n")[1]
        report.write_text(f"---\n{front}---\n{body}", "utf-8")
    return folder


def probed(folder: Path) -> Path:
    """The small paper with a Typst partial that prints its fields, and no style in the page."""
    root = small_paper(folder)
    (root / "theme").unlink()
    shutil.copytree(ROOT / "theme", root / "theme")
    (root / "theme" / "print" / "typst-show.typ").write_text(PROBE, "utf-8")
    return root


def fields_and_body(typst: str) -> str:
    """What the probe printed and the document below it, without blank lines and indents."""
    lines = (line.strip() for line in typst[typst.index("// title:") :].splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def outline_of(page: str) -> str:
    """The page's text with the elements that carry names and classes, one per line; no attribute that only styles."""
    soup = BeautifulSoup(page, "html.parser")
    main = soup.find("main")
    assert isinstance(main, Tag)
    for drawing in main.find_all("svg"):
        drawing.clear()
        drawing.attrs.pop("id", None)  # no name that anything refers to; finishing the page drops it
    lines = []
    for element in main.descendants:
        if isinstance(element, Tag):
            kept = {name: element.get(name) for name in NAMES if element.get(name)}
            if element.name not in ("p", "col") and (kept or element.name in ("th", "td", "li")):
                shown = " ".join(
                    f"{name}={' '.join(sorted(v)) if isinstance(v, list) else v}" for name, v in kept.items()
                )
                lines.append(f"<{element.name} {shown}>")
        elif (text := re.sub(r"\s+", " ", str(element)).strip()) and not str(element).isspace():
            lines.append(text)
    return "\n".join(lines) + "\n"


def record(folder: Path, program: quarto.Quarto) -> tuple[str, str]:
    """What Quarto makes of the small paper now: fields and body of its Typst, and the outline of its page."""
    root = probed(folder / "paper")
    config = root / "_quarto.yml"
    config.write_text(re.sub(r"(?m)^  (pre|post)-render:.*\n", "", config.read_text("utf-8")), "utf-8")
    variables = {**quarto.environment(0, folder), "TYPST_FONT_PATHS": str(ROOT / "theme" / "fonts")}
    command = f"{program.path} render report.qmd --to typst -M keep-typ:true -M pdf-standard:".split()
    # The probe is no layout, so the compiler may complain of the result; the Typst source is what is asked for.
    subprocess.run(command, cwd=root, env=variables, check=False)
    typst = (root / "report.typ").read_text("utf-8")
    page = quarto.render(program, root, "report.qmd", "html", 0)
    return fields_and_body(typst), outline_of(page.decode())


if __name__ == "__main__":
    import tempfile

    found = quarto.find()
    if not found.usable:
        raise SystemExit(f"{found}. Quarto 1.9 or later is needed.")
    with tempfile.TemporaryDirectory() as place:
        made = record(Path(place), found)
    RECORDED.mkdir(exist_ok=True)
    for name, content in zip(("fields_and_body.txt", "page.txt"), made, strict=True):
        (RECORDED / name).write_text(content, "utf-8")
    (RECORDED / "version.txt").write_text(f"Quarto {found.version}\n", "utf-8")
    print(f"Recorded Quarto {found.version} in {os.path.relpath(RECORDED)}.")
