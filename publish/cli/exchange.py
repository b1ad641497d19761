"""The commands `paper data export` and `paper links`: the data in other programs, and the addresses in it."""

from __future__ import annotations

from pathlib import Path

import click

from publish.cli.group import CODES, PaperCommand
from publish.cli.rows import data, of_rows

FORMATS = ("zip", "xlsx", "parquet", "refi")


@data.command("export", epilog=CODES)
@click.option("--to", "formats", type=click.Choice(FORMATS), multiple=True, help="Which format. [default: all]")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder. [default: export]")
@click.pass_obj
def export(root: Path, formats: tuple[str, ...], out: Path | None) -> int:
    r"""Write the data for other programs: Data Package (zip), spreadsheet, Parquet, REFI-QDA (.qdc and .qdpx).

    No cell of any of them runs as a formula.

    \b
    Examples:
      paper data export
      paper data export --to xlsx --to refi --out ../for-a-colleague
    """
    from publish.base.places import package_zip
    from publish.written.data_package import write_package

    target = (out or root / "export").resolve()
    code = of_rows(root, "exchange data", formats=formats or FORMATS, out=str(target))
    if not code and (not formats or "zip" in formats):
        zipped = target / package_zip(root)
        write_package(root, zipped)
        click.echo(f"  {zipped}")
    return code


@click.command(cls=PaperCommand, epilog=CODES)
@click.option(
    "--pause", type=click.FloatRange(min=0), default=5.0, show_default=True, help="Seconds between requests to a host."
)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=20.0, show_default=True, help="Seconds to wait.")
@click.option("--days", type=click.IntRange(min=0), default=30, show_default=True, help="Ask again after so many days.")
@click.option("--most", type=click.IntRange(min=1), help="Stop after so many addresses.")
@click.pass_obj
def links(root: Path, pause: float, timeout: float, days: int, most: int | None) -> int:
    r"""Ask the addresses in the data whether they still answer; no build does this.

    What they answered, and when, is kept in .cache/links.csv, apart from the data. Stop at any time: the next run goes
    on from there. Exit code 1 when pages are gone.

    \b
    Examples:
      paper links
      paper links --most 20 --pause 10
    """
    return of_rows(root, "exchange links", pause=pause, timeout=timeout, days=days, most=most)
