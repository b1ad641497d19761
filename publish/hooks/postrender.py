"""What `quarto render` runs last: the pages get their data, tools and policy, as `paper build` gives them.

Quarto starts this file with whatever Python it finds; it then goes over to the project's own environment.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def finish(root: Path, outputs: str) -> int:
    """Finish pages in place.

    Args:
        root: The project's root.
        outputs: What Quarto made, one path on each line, from the root or absolute.

    Returns:
        How many pages were finished.
    """
    from publish.base.whole import write_whole
    from publish.page.page import finish as finished

    pages = [root / line for line in outputs.splitlines() if line.endswith(".html")]
    for page in pages:
        write_whole(page, finished(page.read_text("utf-8"), root, page.stem), root)
    return len(pages)


if __name__ == "__main__" and __package__:
    finish(ROOT, os.environ.get("QUARTO_PROJECT_OUTPUT_FILES", ""))
elif __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from publish.hooks.prerender import start

    sys.exit(start(ROOT, os.environ, "publish.hooks.postrender"))
