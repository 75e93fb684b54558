"""Foreign HTML fragments made safe to show: only what is on the list is written anew."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

_LONGEST = 400_000
_DEEPEST = 30
# what may stay, and what it becomes: headings of a text module stand below those of our page
_ALLOWED = {
    "p": "p",
    "ul": "ul",
    "ol": "ol",
    "li": "li",
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "sub": "sub",
    "sup": "sup",
    "h1": "h3",
    "h2": "h3",
    "h3": "h3",
    "h4": "h4",
    "h5": "h4",
    "h6": "h4",
    "table": "table",
    "tbody": "tbody",
    "thead": "thead",
    "tr": "tr",
    "td": "td",
    "th": "th",
    "a": "a",
}
_EMPTY = {"br": "<br>"}
_DROPPED_WHOLE = frozenset(
    {"script", "style", "iframe", "object", "embed", "template", "noscript", "svg", "math"}
    | {"textarea", "select", "button", "form", "title", "head", "noembed", "xmp", "plaintext"}
)
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def safe_html(fragment: str) -> str:
    """Return the fragment with allowed elements only, closed in order, every text escaped.

    Nothing of the source is copied but texts and the addresses of links, so that nothing can
    slip through; attributes other than a harmless `href` are gone.
    """
    cleaner = _Cleaner()
    cleaner.feed(fragment[:_LONGEST])
    cleaner.close()
    return cleaner.result()


def plain_text(fragment: str) -> str:
    """Return the words of a fragment in one line, for search and previews."""
    collector = _Words()
    collector.feed(fragment[:_LONGEST])
    collector.close()
    return " ".join("".join(collector.parts).split())


class _Cleaner(HTMLParser):
    """Writes the fragment anew, element by element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []
        self.dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED_WHOLE:
            self.dropped.append(tag)
        elif self.dropped:
            return
        elif tag in _EMPTY:
            self.parts.append(_EMPTY[tag])
        elif tag in _ALLOWED and len(self.open) < _DEEPEST:
            self.open.append(tag)
            self.parts.append(f"<{_ALLOWED[tag]}{_link(attrs) if tag == 'a' else ''}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPTY and not self.dropped:
            self.parts.append(_EMPTY[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag in self.dropped:
            while self.dropped.pop() != tag:
                pass
        elif tag in self.open and not self.dropped:
            self._close_to(len(self.open) - 1 - self.open[::-1].index(tag))

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.parts.append(escape(data))

    def result(self) -> str:
        self._close_to(0)
        return "".join(self.parts)

    def _close_to(self, level: int) -> None:
        while len(self.open) > level:
            self.parts.append(f"</{_ALLOWED[self.open.pop()]}>")


class _Words(HTMLParser):
    """Collects the texts outside of scripts and the like."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.dropped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.dropped += tag in _DROPPED_WHOLE
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.dropped = max(0, self.dropped - (tag in _DROPPED_WHOLE))
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.parts.append(data)


def _link(attrs: list[tuple[str, str | None]]) -> str:
    """Return a harmless address of a link as attribute, "" for any other."""
    raw = next((value for name, value in attrs if name == "href"), None)
    address = "".join((raw or "").split())
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return ""
    if scheme not in _SCHEMES:
        return ""
    return f' href="{escape(address)}" rel="noopener noreferrer"'
