"""The command `paper`: build, check, prove and inspect the paper.

Modules are imported where they are used, so that a command waits only for what it needs.
"""

from __future__ import annotations

from pathlib import Path

import click

from publish.base.failures import GOOD, UNUSABLE, WRONG
from publish.base.places import notebook_names
from publish.base.texts import did_you_mean
from publish.cli import coding, exchange, looking, rows
from publish.cli.group import CODES, HelpfulCommand, PaperGroup

_ENGINES = click.Choice(["auto", "quarto", "embedded"])


@click.group(cls=PaperGroup, epilog=CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", type=click.Path(path_type=Path), help="The project, when it is not the current directory.")
@click.version_option(package_name="open-defector-narratives", prog_name="paper")
@click.pass_context
def main(ctx: click.Context, root: Path | None) -> None:
    r"""Build, check and prove a paper whose every number is computed from its rows.

    \b
    Examples:
      paper build              bring every output up to date
      paper build --explain    say what would run, and why
      paper check              test the rendered paper
      paper verify             prove that two clean builds give the same bytes
    """
    ctx.obj = root


@main.command(epilog=CODES)
@click.option("--engine", type=_ENGINES, default="auto", show_default=True, help="What renders the paper.")
@click.option("--explain", is_flag=True, help="Say which steps would run and why; run nothing.")
@click.option("--dry-run", is_flag=True, help="Say which steps would run; run nothing.")
@click.option("--figures-only", is_flag=True, help="Stop at what the paper reads: values and figures.")
@click.option(
    "--to",
    type=click.Choice(["html", "pdf", "docx"]),
    multiple=True,
    help="Formats wanted; again for another. [default: html, pdf]",
)
@click.option(
    "--notebook", metavar="NAME", help="Run this notebook alone, and make its page in .cache/built/notebooks."
)
@click.option("--jobs", type=click.IntRange(min=1), help="Steps at once. [default: as many as processors]")
@click.pass_obj
def build(
    root: Path,
    engine: str,
    explain: bool,
    dry_run: bool,
    figures_only: bool,
    to: tuple[str, ...],
    notebook: str | None,
    jobs: int | None,
) -> int:
    r"""Bring every output up to date, running only what has to run.

    Outputs appear in _output/, whole or not at all: after a failure the last good ones stand.

    \b
    Examples:
      paper build
      paper build --engine embedded
      paper build --to docx        for co-authors; their comments in the source are comments in Word
      paper build --notebook people
      paper build --explain
    """
    from publish.build import build as building
    from publish.build.steps import PUBLISHED

    if explain or dry_run:
        for name, why in building.explain(root, engine).items():
            word = click.style("run  " if why else "fresh", fg="cyan" if why else "green")
            click.echo(f"{word}  {name:30}{'because ' + ', '.join(why) if why and explain else ''}".rstrip())
        return GOOD
    if notebook and notebook not in (known := notebook_names(root)):
        raise click.UsageError(f"There is no notebook {notebook}.{did_you_mean(notebook, known)}")
    done = building.build(root, engine, jobs, figures_only=figures_only, to=to or PUBLISHED, notebook=notebook)
    if done.failed:
        click.echo(err=True)
        for message in dict.fromkeys(done.failed.values()):
            names = [name for name, said in done.failed.items() if said == message]
            click.secho(f"{' and '.join(names)} failed.", fg="red", bold=True, err=True)
            click.echo(f"{message}\n", err=True)
        click.echo("The last good outputs stand.", err=True)
        return WRONG
    from publish.checks.conclusions import of_project

    wrong = of_project(root)
    for message in wrong:
        click.secho(message, fg="red", err=True)
    click.echo(f"{len(done.ran)} steps ran, {len(done.fresh)} were fresh, {done.seconds:.1f} s.")
    if figures_only or notebook:
        what = f"The notebook {notebook} and its figures are" if notebook else "figures/ and _variables.yml are"
        click.echo(f"{what} up to date.")
        return WRONG if wrong else GOOD
    folder = root / "_output"
    for file in sorted([*folder.glob("*.*"), *folder.glob("notebooks/*.*")]):
        click.echo(f"  {file.relative_to(root).as_posix()}  ({file.stat().st_size / 1024:,.0f} kB)")
    return WRONG if wrong else GOOD


@main.command(epilog=CODES)
@click.option("--quick", is_flag=True, help="While writing: only what the sources tell, with what was recorded last.")
@click.pass_obj
def check(root: Path, quick: bool) -> int:
    r"""Test the rendered paper, its figures and its metadata; run `paper build` first.

    \b
    Examples:
      paper build && paper check
      paper check --quick
    """
    if quick:
        from publish.checks.quick import run_quick as run_checks
    else:
        from publish.checks.every import run_checks

    results = run_checks(root)
    for name, problems in results.items():
        click.echo(f"{click.style('wrong', fg='red') if problems else click.style('good ', fg='green')}  {name}")
        for problem in problems:
            click.echo(f"       {problem}")
    wrong = sum(map(len, results.values()))
    click.echo(f"{len(results)} checks, {wrong} problem{'' if wrong == 1 else 's'}.")
    return WRONG if wrong else GOOD


@main.command(epilog=CODES)
@click.option("--engine", type=_ENGINES, default="auto", show_default=True, help="What renders the paper.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=4242, show_default=True, help="Port on 127.0.0.1; 0 picks one."
)
@click.pass_obj
def watch(root: Path, engine: str, port: int) -> int:
    r"""Build on every save and show the page at 127.0.0.1, then make the print; errors appear in the page.

    \b
    Examples:
      paper watch
      paper watch --port 0
    """
    from publish.tools.watch import watch as watch_forever

    return watch_forever(root, engine, port)


@main.command(epilog=CODES)
@click.option("--engine", type=_ENGINES, default="auto", show_default=True, help="What renders the paper.")
@click.option("--keep", is_flag=True, help="Keep both builds for inspection.")
@click.pass_obj
def verify(root: Path, engine: str, keep: bool) -> int:
    r"""Prove that the paper is what the data says: two clean builds elsewhere, every byte compared.

    The builds differ in time zone, locale, hash seed, umask and path, and have no network where the system allows
    it. They are compared with each other, and with the figures, values and documents that are committed.

    \b
    Examples:
      paper verify
    """
    from publish.tools.verify import verify as prove

    return prove(root, engine, keep)


@main.command(cls=HelpfulCommand, epilog=CODES)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def new(folder: Path) -> None:
    r"""Make a new study in FOLDER: invented rows, notebooks, a paper and tests, all of which build at once.

    \b
    Examples:
      paper new ../my-study
    """
    from publish.tools.new import new_study

    try:
        new_study(folder.resolve())
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"{folder} is a study. Change to it, then: make paper")


@main.command(epilog=CODES)
@click.argument("version")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder. [default: release/vVERSION]")
@click.option("--engine", type=_ENGINES, default="auto", show_default=True, help="What renders the paper.")
@click.pass_obj
def release(root: Path, version: str, out: Path | None, engine: str) -> int:
    r"""Write the bundle of VERSION for an archive, when checks and proof are clean and all is committed.

    Documents, notebook pages, data in every format, source, tag text, and SHA-256 of each; made twice and compared.
    Nothing is tagged or sent.

    \b
    Examples:
      paper release 1.0.0
      paper release 1.0.0 --out ../for-the-archive
    """
    from publish.tools.release import release as released

    def export(folder: Path) -> int:
        return rows.of_rows(root, "exchange data", formats=("xlsx", "refi", "parquet"), out=str(folder.resolve()))

    folder = (out or root / "release" / f"v{version}").resolve()
    for file in released(root, version, folder, export, engine):
        click.echo(f"  {file}  ({file.stat().st_size / 1024:,.0f} kB)")
    click.echo(f"To tag it: git tag --annotate v{version} --file {folder / 'tag.txt'}")
    return GOOD


@main.command(epilog=CODES)
@click.pass_obj
def doctor(root: Path) -> int:
    r"""Say which tools and versions are here, what is missing, and what to do about it.

    \b
    Examples:
      paper doctor
    """
    from publish.tools.doctor import examine, print_findings

    findings = list(examine(root))
    print_findings(findings)
    return UNUSABLE if any(finding.needed and not finding.found for finding in findings) else GOOD


for command in (looking.values, looking.trace, looking.changes, *rows.GROUPS, coding.coding, exchange.links):
    main.add_command(command)
