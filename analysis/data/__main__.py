"""`python -m analysis.data COMMAND JSON`: the work behind the commands of `paper` that read or write rows."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module

from analysis.data.dataset import load
from analysis.data.problems import DataProblems, as_records, for_github, lines_of


def check(form: str = "text") -> int:
    """Load the data and say what is in it, or all that is wrong with it.

    Args:
        form: `text`; `json`, one object on standard output; or `github`, annotations for its pages of changes.

    Returns:
        0 with a line of counts and the warnings when the data is good, 1 with every problem when it is not.
    """
    try:
        data, wrong = load(), DataProblems([])
    except DataProblems as problems:
        data, wrong = None, problems
    warnings = data.warnings if data else ()
    if form == "json":
        said = {"good": data is not None, "problems": as_records(wrong.problems), "warnings": as_records(warnings)}
        print(json.dumps(said, indent=2, ensure_ascii=False))
    elif form == "github":
        print("\n".join([*for_github(wrong.problems, "error"), *for_github(warnings, "warning")]))
    elif data:
        counts = f"{len(data.core)} core, {len(data.later)} later, {len(data.excluded)} excluded"
        print(f"The data is good: {len(data.cases)} cases ({counts}), {len(data.stories)} stories.")
        if warnings:
            print("\n".join(["What is no mistake and should be known:", *lines_of(warnings)]))
    else:
        print(wrong, file=sys.stderr)
    return 0 if data else 1


COMMANDS: Mapping[str, Callable[..., int]] = {"data check": check}
ROOMS = {room: f"analysis.data.{room}.commands" for room in ("authoring", "coding", "exchange")}
"""The first word of commands that a room of their own does, imported when it is asked for."""


def main(words: str = "data check", asked: str = "{}") -> int:
    """Do what a command was asked.

    Args:
        words: The command's words.
        asked: Its options by name, as JSON.

    Returns:
        What the command returns; 1 with every problem when the data is not good. Where the reader of the output has
        gone, as `head` does, 0 without a word.
    """
    room = ROOMS.get(words.split()[0])
    commands = import_module(room).COMMANDS if room else COMMANDS
    try:
        done = int(commands[words](**json.loads(asked)))
        sys.stdout.flush()
        return done
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left has nowhere to go
        return 0
    except DataProblems as problems:
        print(problems, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
