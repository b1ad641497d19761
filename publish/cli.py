"""The command `paper`: build, check, prove and inspect the paper.

Modules are imported where they are used, so that a command waits only for what it needs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from publish.base.failures import GOOD, UNUSABLE, WRONG, BuildFailure

_ENGINES = click.Choice(["auto", "quarto", "embedded"])
_CODES = "Exit codes: 0 good; 1 the paper or its data is wrong; 2 wrong usage or a missing tool."


def project_root(start: Path) -> Path:
    """The nearest directory at or above `start` that holds `_quarto.yml`.

    Raises:
        click.UsageError: There is none.
    """
    for folder in (start, *start.parents):
        if (folder / "_quarto.yml").is_file():
            return folder
    raise click.UsageError(f"{start} is not inside a paper: no _quarto.yml here or above. Change to the project first.")


class PaperCommand(click.Command):
    """A command that turns failures into messages and exit codes."""

    def invoke(self, ctx: click.Context) -> None:
        """Find the project, run the command, print a failure's message to standard error."""
        from publish.base.failures import written_out

        asked, ctx.obj = ctx.obj, project_root((ctx.obj or Path.cwd()).resolve())
        own = ctx.obj / "publish" / "cli.py"
        if not asked and own.is_file() and not own.samefile(__file__):
            message = f"This is the command of {Path(__file__).parents[1]}, not of {ctx.obj}. Run here: make set-up"
            raise click.UsageError(message)
        try:
            code = super().invoke(ctx)
        except BuildFailure as failure:
            click.secho(written_out(failure, ctx.obj), fg="red", err=True)
            code = failure.exit_code
        except OSError as error:
            click.secho(written_out(error, ctx.obj), fg="red", err=True)
            code = WRONG
        ctx.exit(code or GOOD)


class PaperGroup(click.Group):
    """A group whose commands end with the exit codes of the paper."""

    command_class = PaperCommand


PaperGroup.group_class = PaperGroup


@click.group(cls=PaperGroup, epilog=_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", type=click.Path(path_type=Path), help="The project, when it is not the current directory.")
@click.version_option(package_name="open-defector-narratives", prog_name="paper")
@click.pass_context
def main(ctx: click.Context, root: Path | None) -> None:
    r"""Build, check and prove Open Defector Narratives.

    \b
    Examples:
      paper build              bring every output up to date
      paper build --explain    say what would run, and why
      paper check              test the rendered paper
      paper verify             prove that two clean builds give the same bytes
    """
    ctx.obj = root


@main.command(epilog=_CODES)
@click.option("--engine", type=_ENGINES, default="auto", show_default=True, help="What renders the paper.")
@click.option("--explain", is_flag=True, help="Say which steps would run and why; run nothing.")
@click.option("--dry-run", is_flag=True, help="Say which steps would run; run nothing.")
@click.option("--figures-only", is_flag=True, help="Stop at what the paper reads: values and figures.")
@click.option("--jobs", type=click.IntRange(min=1), help="Steps at once. [default: as many as processors]")
@click.pass_obj
def build(root: Path, engine: str, explain: bool, dry_run: bool, figures_only: bool, jobs: int | None) -> int:
    r"""Bring every output up to date, running only what has to run.

    Outputs appear in _output/, whole or not at all: after a failure the last good ones stand.

    \b
    Examples:
      paper build
      paper build --engine embedded
      paper build --explain
    """
    from publish.build import build as building

    if explain or dry_run:
        for name, why in building.explain(root, engine).items():
            word = click.style("run  " if why else "fresh", fg="cyan" if why else "green")
            click.echo(f"{word}  {name:26}{'because ' + ', '.join(why) if why and explain else ''}".rstrip())
        return GOOD
    done = building.build(root, engine, jobs, figures_only=figures_only)
    if done.failed:
        click.echo(err=True)
        for message in dict.fromkeys(done.failed.values()):
            names = [name for name, said in done.failed.items() if said == message]
            click.secho(f"{' and '.join(names)} failed.", fg="red", bold=True, err=True)
            click.echo(f"{message}\n", err=True)
        click.echo("The last good outputs stand.", err=True)
        return WRONG
    click.echo(f"{len(done.ran)} steps ran, {len(done.fresh)} were fresh, {done.seconds:.1f} s.")
    if figures_only:
        click.echo("figures/ and _variables.yml are up to date.")
        return GOOD
    folder = root / "_output"
    for file in sorted([*folder.glob("*.*"), *folder.glob("notebooks/*.*")]):
        click.echo(f"  {file.relative_to(root).as_posix()}  ({file.stat().st_size / 1024:,.0f} kB)")
    return GOOD


@main.command(epilog=_CODES)
@click.pass_obj
def check(root: Path) -> int:
    r"""Test the rendered paper, its figures and its metadata; run `paper build` first.

    \b
    Examples:
      paper build && paper check
    """
    from publish.checks.every import run_checks

    results = run_checks(root)
    for name, problems in results.items():
        click.echo(f"{click.style('wrong', fg='red') if problems else click.style('good ', fg='green')}  {name}")
        for problem in problems:
            click.echo(f"       {problem}")
    wrong = sum(map(len, results.values()))
    click.echo(f"{len(results)} checks, {wrong} problem{'' if wrong == 1 else 's'}.")
    return WRONG if wrong else GOOD


@main.command(epilog=_CODES)
@click.option("--engine", type=_ENGINES, default="auto", show_default=True, help="What renders the paper.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=4242, show_default=True, help="Port on 127.0.0.1; 0 picks one."
)
@click.pass_obj
def watch(root: Path, engine: str, port: int) -> int:
    r"""Build on every save and show the page at 127.0.0.1; errors appear in the page.

    \b
    Examples:
      paper watch
      paper watch --port 0
    """
    from publish.tools.watch import watch as watch_forever

    return watch_forever(root, engine, port)


@main.command(epilog=_CODES)
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


@main.command(epilog=_CODES)
@click.argument("ref")
@click.pass_obj
def changes(root: Path, ref: str) -> int:
    r"""Show what a change did: values and figures that differ between the git revision REF and now.

    \b
    Examples:
      paper changes HEAD
      paper changes v1.0.0
    """
    from publish.tools.changes import changes_since, print_changes

    print_changes(changes_since(root, ref), ref)
    return GOOD


@main.group(epilog=_CODES)
def data() -> None:
    """Work with the case list."""


@data.command("check", epilog=_CODES)
@click.pass_obj
def data_check(root: Path) -> int:
    r"""Load and validate the data; name everything that is wrong, with file and line.

    \b
    Examples:
      paper data check
    """
    import os
    import subprocess

    environment = {**os.environ, "ODN_ROOT": str(root), "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-m", "analysis"], cwd=root, env=environment, check=False)
    return GOOD if done.returncode == 0 else WRONG


@main.command(epilog=_CODES)
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


if __name__ == "__main__":
    main()
