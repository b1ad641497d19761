"""`python -m analysis.data COMMAND JSON`: the work behind the commands of `paper` that read or write rows."""

import json
import sys
from collections.abc import Callable, Mapping

from analysis.data.dataset import load
from analysis.data.problems import DataProblems


def check() -> int:
    """Load the data and say what is in it.

    Returns:
        0 with a line of counts and the warnings when the data is good, 1 with every problem when it is not.
    """
    try:
        data = load()
    except DataProblems as problems:
        print(problems, file=sys.stderr)
        return 1
    counts = f"{len(data.core)} core, {len(data.later)} later, {len(data.excluded)} excluded"
    print(f"The data is good: {len(data.cases)} cases ({counts}), {len(data.stories)} stories.")
    if data.warnings:
        print("\n".join(["What is no mistake and should be known:", *map(str, data.warnings)]))
    return 0


COMMANDS: Mapping[str, Callable[..., int]] = {"data check": check}


def main(words: str = "data check", asked: str = "{}") -> int:
    """Do what a command was asked.

    Args:
        words: The command's words.
        asked: Its options by name, as JSON.
    """
    return COMMANDS[words](**json.loads(asked))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
