"""What `quarto render` runs last: it finishes the pages and delivers what lies beside them, as `paper build` does.

Quarto starts this file with whatever Python it finds; it then goes over to the project's own environment.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def finish(root: Path) -> int:
    """Finish the pages in place; those that are finished stay as they are.

    Args:
        root: The project's root.

    Returns:
        How many pages there are.
    """
    from publish.base.places import document_names, output_folder
    from publish.base.whole import write_whole
    from publish.page.page import finish as finished

    pages = [page for name in document_names(root) if (page := output_folder(root) / f"{name}.html").is_file()]
    for page in pages:
        write_whole(page, finished(page.read_text("utf-8"), root, page.stem), root)
    return len(pages)


def deliver(root: Path) -> int:
    """Put the notebooks' pages and the data package beside the documents, and take away Quarto's copies of images.

    Args:
        root: The project's root.

    Returns:
        0, or 1 after saying what failed.
    """
    from publish.base.places import output_folder
    from publish.build.build import build

    for file in sorted(output_folder(root).rglob("*"), reverse=True):
        own = root / file.relative_to(output_folder(root))
        if file.is_dir():
            if not any(file.iterdir()):
                file.rmdir()
        elif own.is_file() and own.read_bytes() == file.read_bytes():
            file.unlink()
    failed = build(root, rendered=True).failed
    for name, message in failed.items():
        print(f"{name} failed.\n{message}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__" and __package__:
    finish(Path.cwd())
    sys.exit(deliver(Path.cwd()))
elif __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from publish.hooks.prerender import start

    sys.exit(start(ROOT, os.environ, "publish.hooks.postrender"))
