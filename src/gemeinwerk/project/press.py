"""Brings letters of the apps to the typesetter (Druckerei): shapes fitted, crests looked up."""

from __future__ import annotations

import dataclasses
import re
from functools import cached_property
from pathlib import Path

import msgspec

from gemeinwerk.apps import ports
from gemeinwerk.connectors import typesetting
from gemeinwerk.web.ui import static_files

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class Press:
    """Apps and connectors do not know each other; here the letter of one becomes that of the other.

    The typesetter is made for the first letter, so that no process waits for it at its start.
    """

    @cached_property
    def _typesetter(self) -> typesetting.Typesetter:
        return typesetting.Typesetter()

    def notice(self, letter: ports.NoticeLetter) -> bytes:
        """Return a decision as a letter."""
        return self._typesetter.notice(
            typesetting.NoticeLetter(
                draft=letter.draft,
                letterhead=_head(letter.letterhead),
                salutation=letter.salutation,
                introduction=letter.introduction,
                infos=tuple(typesetting.Info(one.label, one.text) for one in letter.infos),
                closing_note=letter.closing_note,
            )
        )

    def receipt(self, copy: ports.ReceiptCopy) -> bytes:
        """Return the copy of a declaration (R02)."""
        fitted = msgspec.convert(
            {**msgspec.to_builtins(copy), "letterhead": {"town": copy.letterhead.town}},
            typesetting.ReceiptCopy,
        )
        return self._typesetter.receipt(
            dataclasses.replace(fitted, letterhead=_head(copy.letterhead))
        )

    def paper(self, form: ports.PaperForm) -> bytes:
        """Return a form on paper, empty or filled."""
        parts = {one.name: getattr(form, one.name) for one in dataclasses.fields(form)}
        parts["letterhead"] = _head(form.letterhead)
        return self._typesetter.paper(typesetting.PaperForm(**parts))


def _head(head: ports.Letterhead) -> typesetting.Letterhead:
    return typesetting.Letterhead(
        town=head.town,
        motto=head.motto,
        colour=head.colour,
        logo_svg=_crest(head.crest, head.colour),
        return_line=head.return_line,
        footer=head.footer,
    )


def _crest(name: str, colour: str) -> str:
    """Return the shipped picture of that name in the town's colour, "" when there is none."""
    path = Path(static_files.__file__).parent / "static" / "crests" / f"{name}.svg"
    if not name.isidentifier() or not path.is_file():
        return ""
    drawn = path.read_text("utf-8")
    known = _COLOUR.fullmatch(colour)
    return drawn.replace("<svg ", f'<svg fill="{colour}" ', 1) if known else drawn
