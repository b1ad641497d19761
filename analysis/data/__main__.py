"""`python -m analysis.data COMMAND JSON`: the work behind the commands of `paper` that read or write rows."""

import json
import sys
from collections.abc import Callable, Mapping
from importlib import import_module

from analysis.data.dataset import load
from analysis.data.problems import DataProblems


def check() -> int:
    """Load the data and say what is in it.

    Returns:
        0 with a line of counts and the warnings; DataProblems are raised when the data is not good.
    """
    data = load()
    counts = f"{len(data.core)} core, {len(data.later)} later, {len(data.excluded)} excluded"
    print(f"The data is good: {len(data.cases)} cases ({counts}), {len(data.stories)} stories.")
    if data.warnings:
        print("\n".join(["What is no mistake and should be known:", *map(str, data.warnings)]))
    return 0


COMMANDS: Mapping[str, Callable[..., int]] = {"data check": check}
ROOMS = {"coding": "analysis.data.coding.commands", "exchange": "analysis.data.exchange.commands"}
"""The first word of commands that a room of their own does, imported when it is asked for."""


def main(words: str = "data check", asked: str = "{}") -> int:
    """Do what a command was asked.

    Args:
        words: The command's words.
        asked: Its options by name, as JSON.

    Returns:
        What the command returns; 1 with every problem when the data is not good.
    """
    room = ROOMS.get(words.split()[0])
    commands = import_module(room).COMMANDS if room else COMMANDS
    try:
        return int(commands[words](**json.loads(asked)))
    except DataProblems as problems:
        print(problems, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
