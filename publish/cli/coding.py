"""The commands `paper coding ...`: a further coder's blind sheet, its way back, and who differs."""

from __future__ import annotations

from pathlib import Path

import click

from publish.cli.group import CODES, PaperGroup
from publish.cli.rows import of_rows


@click.group(cls=PaperGroup, epilog=CODES)
def coding() -> None:
    """Code the accounts again, blind, and compare."""


@coding.command("sheet", epilog=CODES)
@click.option("--coder", required=True, help="One to three capital letters that are nobody's own name, such as E.")
@click.option(
    "--kind", type=click.Choice(["human", "automated"]), default="human", show_default=True, help="Who fills it in."
)
@click.option("--sample", type=click.IntRange(min=1), help="How many accounts. [default: all]")
@click.option("--seed", default=1, show_default=True, help="The order of the accounts; every coder needs the same.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file. [default: coding-NAME.xlsx]")
@click.pass_obj
def sheet(root: Path, coder: str, kind: str, sample: int | None, seed: int, out: Path | None) -> int:
    r"""Write a spreadsheet with the accounts that a coder has not coded yet, and no one's codes.

    The accounts of the core list come first. The same seed gives the same order, so a sample grows without changing.

    \b
    Examples:
      paper coding sheet --coder E
      paper coding sheet --coder E --sample 20 --seed 1
    """
    target = str((out or root / f"coding-{coder}.xlsx").resolve())
    return of_rows(root, "coding sheet", coder=coder, kind=kind, sample=sample, seed=seed, out=target)


@coding.command("import", epilog=CODES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def take(root: Path, file: Path) -> int:
    r"""Take the finished rows of a coder's sheet into data/codings.csv, all or none.

    Every problem is named with file, sheet and cell. A file can be imported again and again while the work goes on.

    \b
    Examples:
      paper coding import coding-E.xlsx
    """
    return of_rows(root, "coding import", file=str(file.resolve()))


@coding.command("status", epilog=CODES)
@click.pass_obj
def status(root: Path) -> int:
    r"""Say how far each coder is, and with whom each is compared.

    \b
    Examples:
      paper coding status
    """
    return of_rows(root, "coding status")


@coding.command("disagreements", epilog=CODES)
@click.option("--coder", help="Whose codes. [default: every coder outside the editions]")
@click.option("--with", "other", help="Beside whose. [default: the decision]")
@click.pass_obj
def disagreements(root: Path, coder: str | None, other: str | None) -> int:
    r"""Show side by side where two coders differ, with their passages; not for those who still code.

    \b
    Examples:
      paper coding disagreements
      paper coding disagreements --coder C --with D
    """
    return of_rows(root, "coding disagreements", coder=coder, other=other)


@coding.command("precision", epilog=CODES)
@click.argument("samples", nargs=-1, type=click.IntRange(min=1))
@click.pass_obj
def precision(root: Path, samples: tuple[int, ...]) -> int:
    r"""Say how exactly agreement with a human would be known after SAMPLES core accounts.

    \b
    Examples:
      paper coding precision
      paper coding precision 20 40 77
    """
    return of_rows(root, "coding precision", samples=samples)
