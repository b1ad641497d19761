"""Rewrites a rendered page tag by tag: no inline style, links that tell nobody whence they come, tables that scroll.

Numbers that belong together stay on one line, as theme/print/typst-template.typ keeps them in print.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

_STYLE = re.compile(r'\sstyle="([^"]*)"')
_PAINT = re.compile(r'\s(fill|stroke)="(#[0-9a-fA-F]{6})"')
_CLASS = re.compile(r'(\sclass=")([^"]*)"')
_PLAIN_STYLE = re.compile(r"[\w\s:;#%.,()'+-]*")
_FLOAT = re.compile(r"(fig|tbl)-(.+)")
_DESCRIBED = re.compile(r"fig-(.+)-caption-[\da-f-]+")
_LABEL = re.compile(r"\s*(?:Figure|Table)(?:&nbsp;|&#160;|\s)\d+:")
# A range, a count of a whole, a number with its sign, and a word with a short prefix: no line ends inside one.
TOGETHER = re.compile(r"\d[\d.,]*–[\d.,]+%?|\d+ of \d+|\b[np] (?:=|<|&lt;) [\d.,]*\d|\b[A-Za-z]{1,2}-[A-Za-z]+")
_NOT_PROSE = frozenset({"script", "style", "title", "template", "svg", "code", "pre"})
# The charts name the font of the print (palette.yml); the page carries its own subset of it under another name.
_FONT_IN_DRAWINGS, _FONT_IN_PAGE = "'Source Sans 3'", "'Paper Sans', sans-serif"
_DROPPED_IN_DRAWINGS = frozenset({"metadata", "style"})


class Rewriter(HTMLParser):
    """A page on its way through; `result` when all is fed.

    Args:
        after: Name of a figure or table to what comes below it and its source line.
        colours: Colour as the charts write it (`#12395b`) to the name of the page's variable for it.
        before: Name of a figure to what comes above its chart.
    """

    def __init__(
        self, after: Mapping[str, str], colours: Mapping[str, str], before: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(convert_charrefs=False)
        self.after = after
        self.colours = colours
        self.before = before or {}
        self.styles: dict[str, str] = {}
        self._out: list[str] = []
        self._divs: list[str] = []
        self._waiting = ""
        self._drawing = 0
        self._not_prose = 0
        self._labelled = False
        self._text = ""
        self._dropped = ""

    @property
    def result(self) -> str:
        """The page."""
        return "".join(self._out)

    @property
    def style_rules(self) -> str:
        """The inline styles that were taken out, one class each, in the page's own colours."""
        return "\n".join(f".{name}{{{self._in_page_colours(style)}}}" for style, name in self.styles.items())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that opens."""
        self._end_text()
        if self._dropped:
            return
        given = {name: value or "" for name, value in attrs}
        if tag == "div":
            self._open_div(given)
        elif self._waiting and "source" not in self._divs:
            self._flush()
        self._drawing += tag == "svg"
        if self._drawing and tag in _DROPPED_IN_DRAWINGS:
            self._dropped = tag
            return
        self._not_prose += tag in _NOT_PROSE
        self._labelled = tag == "figcaption"
        self._out.append(self._rewritten(tag, given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that opens and closes."""
        self._end_text()
        if not self._dropped:
            self._out.append(self._rewritten(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """A tag that closes."""
        self._end_text()
        if self._dropped:
            self._dropped = "" if tag == self._dropped else self._dropped
            return
        if tag != "div" and self._waiting and "source" not in self._divs:
            self._flush()
        self._drawing -= tag == "svg"
        self._not_prose -= tag in _NOT_PROSE
        self._out.append(f"</{tag}>")
        if tag == "div" and self._divs:
            closed = self._divs.pop()
            if closed == "source":
                self._flush()
            elif closed:
                self._waiting = closed

    def handle_data(self, data: str) -> None:
        """Text, and what scripts and styles hold."""
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        """A named character."""
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A numbered character."""
        self._keep(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """A comment; charts have one for each letter run, which are dropped."""
        self._end_text()
        if not self._drawing:
            self._out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """The doctype."""
        self._out.append(f"<!{decl}>")

    def close(self) -> None:
        """The end of the page."""
        super().close()
        self._end_text()

    def _keep(self, text: str) -> None:
        if self._dropped:
            return
        if self._not_prose:
            self._out.append(text)
        else:
            self._text += text

    def _end_text(self) -> None:
        """Write the text since the last tag, which comes in pieces where it holds characters by name."""
        text, self._text = self._text, ""
        if self._labelled and text:
            text = _LABEL.sub(r"<strong>\g<0></strong>", text, count=1)
            self._labelled = False
        self._out.append(TOGETHER.sub(r'<span class="together">\g<0></span>', text))

    def _open_div(self, given: Mapping[str, str]) -> None:
        if "source" in given.get("class", "").split():
            self._divs.append("source" if self._waiting else "")
            return
        if self._waiting:
            self._flush()
        found = _FLOAT.fullmatch(given.get("id", ""))
        self._divs.append(found[2] if found and found[2] in self.after else "")

    def _flush(self) -> None:
        self._out.append(f"\n{self.after[self._waiting]}\n")
        self._waiting = ""

    def _rewritten(self, tag: str, given: Mapping[str, str]) -> str:
        raw = self.get_starttag_text() or ""
        paints = [f"{name}: {colour}" for name, colour in _PAINT.findall(raw)] if self._drawing else []
        if paints:
            raw = _with_class(_PAINT.sub("", raw), self._class_of("; ".join(paints)))
        if given.get("style") and _PLAIN_STYLE.fullmatch(given["style"]):
            raw = _with_class(_STYLE.sub("", raw, count=1), self._class_of(given["style"]))
        if tag == "a" and re.match(r"https?:", given.get("href", "")) and "rel" not in given:
            raw = f'{raw[:-1]} rel="noopener noreferrer">'
        if tag == "div" and "aria-describedby" in given and re.match(_FLOAT, given["aria-describedby"]):
            label = escape(given["aria-describedby"], quote=True)
            raw = _with_class(f'{raw[:-1]} role="region" tabindex="0" aria-labelledby="{label}">', "scroll")
            drawn = _DESCRIBED.fullmatch(given["aria-describedby"])
            raw = (self.before.get(drawn[1], "") if drawn else "") + raw
        return raw

    def _class_of(self, style: str) -> str:
        plain = re.sub(r"\s+", " ", style).strip().removesuffix(";")
        return self.styles.setdefault(plain, f"st-{len(self.styles) + 1}")

    def _in_page_colours(self, style: str) -> str:
        def own(found: re.Match[str]) -> str:
            name = self.colours.get(found[0].lower())
            return f"var(--{name},{found[0]})" if name else found[0]

        return re.sub(r"#[0-9a-fA-F]{6}\b", own, style).replace(_FONT_IN_DRAWINGS, _FONT_IN_PAGE)


def _with_class(tag: str, name: str) -> str:
    if _CLASS.search(tag):
        return _CLASS.sub(lambda found: f'{found[1]}{found[2]} {name}"', tag, count=1)
    end = "/>" if tag.endswith("/>") else ">"
    return f'{tag.removesuffix(end).rstrip()} class="{name}"{end}'
