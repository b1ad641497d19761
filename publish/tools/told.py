"""How changes are told: lines for the terminal, Markdown for a pull request, a page with figures side by side."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from publish.tools.changes import Changes, Edition, Moved, by_chapter
from publish.tools.sentences import marked

_SHOWN = 40  # lines of all parts that are shown in a pull request; the page and the terminal show all
_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 90rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
del { background: mistyrose; color: darkred; } ins { background: honeydew; color: darkgreen; text-decoration: none; }
code { font-size: .875rem; } .two { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
img { width: 100%; background: white; border: 1px solid silver; }
"""


@dataclass(frozen=True)
class Look:
    """How words are set in one form.

    Attributes:
        mark: Old and new words to what is shown.
        plain: Words that stayed, to what is shown.
        place: A place or a name to what is shown.
    """

    mark: Callable[[str, str], str]
    plain: Callable[[str], str]
    place: Callable[[str], str]

    def line(self, moved: Moved) -> str:
        """One change on one line."""
        return f"{self.place(moved.place)} {marked(moved.before, moved.now, self.mark, self.plain)}"


def _either(old: str, new: str, went: str, came: str) -> str:
    return " ".join(form.format(words) for form, words in ((went, old), (came, new)) if words)


TERMINAL = Look(partial(_either, went="[-{}-]", came="{{+{}+}}"), str, "{}:".format)
MARKDOWN = Look(partial(_either, went="~~{}~~", came="**{}**"), str, "`{}`".format)
PAGE = Look(
    lambda old, new: _either(html.escape(old), html.escape(new), "<del>{}</del>", "<ins>{}</ins>"),
    html.escape,
    lambda place: f"<code>{html.escape(place)}</code>",
)


def parts(found: Changes, look: Look) -> Iterator[tuple[str, list[str], bool]]:
    """Heading with its count, lines, and whether a reader of the paper sees this, of every part that is not empty."""
    every = [
        ("Conclusions that no longer hold", list(map(look.plain, found.conclusions)), len(found.conclusions), True),
        ("Verdicts that turned", list(map(look.line, found.verdicts)), len(found.verdicts), True),
        ("Sentences that moved", list(map(look.line, found.sentences)), len(found.sentences), True),
        ("Figures and tables redrawn", [look.plain(", ".join(found.drawn))], len(found.drawn), True),
        ("Titles, captions and alternative texts", list(map(look.line, found.captions)), len(found.captions), False),
        (f"Values ({by_chapter(found.values)})", list(map(look.line, found.values)), len(found.values), False),
        ("Values that print the same and rest on other cases", [], found.cases, False),
    ]
    yield from ((f"{heading}: {count}", said, seen) for heading, said, count, seen in every if count)


def in_terminal(found: Changes, ref: str, everything: bool) -> str:
    """Text for the terminal; what a reader does not see is counted, and written out when everything is wanted."""
    lines = []
    for heading, said, seen in parts(found, TERMINAL):
        lines += [heading, *(f"  {line}" for line in said if seen or everything)]
    if not lines:
        return f"Nothing that the paper prints differs from {ref}."
    hidden = "" if everything else "\nWith --all the folded lines are written out; --html FILE shows the figures."
    return "\n".join(lines) + hidden


def in_markdown(found: Changes, ref: str) -> str:
    """Markdown for a pull request: what a reader sees, shortened where it is long, and the rest folded and counted."""
    lines = [f"### What a reader sees changed since `{ref}`"]
    every = list(parts(found, MARKDOWN))
    folded = [heading for heading, _, seen in every if not seen]
    most = _SHOWN // max(1, len(every) - len(folded))
    for heading, said in [(heading, said) for heading, said, seen in every if seen]:
        more = [f"- and {len(said) - most} more"] if len(said) > most else []
        lines += ["", f"**{heading}**", "", *(f"- {line}" for line in said[:most]), *more]
    if len(lines) == 1 and not folded:
        lines += ["", "Nothing that the paper prints."]
    if folded:
        lines += ["", f"<details><summary>Behind it</summary>{'; '.join(folded)}.</details>"]
    return "\n".join(lines) + "\n"


def as_page(found: Changes, ref: str, before: Edition, now: Edition) -> str:
    """One HTML page that loads nothing: every change, and each redrawn figure as it was beside as it is."""
    body = [f"<h1>What changed since {html.escape(ref)}</h1>"]
    for heading, said, seen in parts(found, PAGE):
        items = "".join(f"<li>{line}</li>" for line in said)
        title = html.escape(heading)
        listed = f"<ul>{items}</ul>"
        body.append(f"<h2>{title}</h2>{listed}" if seen else f"<details><summary>{title}</summary>{listed}</details>")
    for name in found.drawn:
        images = [_image(name, side, when) for side, when in ((before, ref), (now, "now"))]
        if any(images):
            body.append(f'<h2>{html.escape(name)}</h2><div class="two">{"".join(images)}</div>')
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Changes</title>'
        f"<style>{_STYLE}</style></head><body>\n" + "\n".join(body) + "\n</body></html>\n"
    )


def _image(name: str, side: Edition, when: str) -> str:
    """A chart of an edition; empty for a table, which has none."""
    entry = side.figures.get(name, {})
    file = next((path for path in entry.get("outputs", {}) if path.endswith(f"/{name}.svg")), None)
    if file not in side.files:
        return ""
    content = base64.b64encode(side.read(str(file)).encode()).decode()
    alt = html.escape(f"{when}: {entry.get('alt') or ''}", quote=True)
    return f'<figure><img alt="{alt}" src="data:image/svg+xml;base64,{content}">{html.escape(when)}</figure>'
