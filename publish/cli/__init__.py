"""The command `paper`: what can be asked, with help, examples and exit codes."""

from publish.cli.group import project_root
from publish.cli.paper import main

__all__ = ["main", "project_root"]
