"""`python -m analysis`: load the data, say what is in it, or all that is wrong with it."""

import sys

from analysis.data.dataset import load
from analysis.data.problems import DataProblems


def main() -> int:
    """Exit code 0 with a line of counts and the warnings when the data is good, 1 with every problem when it is not."""
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


if __name__ == "__main__":
    sys.exit(main())
