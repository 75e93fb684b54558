"""What the typesetter is given: plain values, never markup (Brief, Bescheid, Eingangskopie)."""

import base64
import re
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from gemeinwerk.core.decisions import NoticeDraft
from gemeinwerk.core.forms.exports import PaperSection, Tick

_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_DARK: Final = "#1F2933"
_READABLE: Final = 4.5  # contrast of normal text on white, WCAG 2.1 AA


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The face of the town (Briefkopf).

    `colour` is "#RRGGBB"; it is used for text only when it is dark enough on white. `logo_svg`
    is an SVG picture as text (see `svg_of_png`); it is decoration, the name stands beside it.
    `return_line` is the small line above the address; `footer` up to three short columns.
    """

    town: str
    motto: str = ""
    colour: str = "#1B5E8C"
    logo_svg: str = ""
    return_line: str = ""
    footer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Info:
    """One line of the information block (Infoblock): "Aktenzeichen", "2026-…"."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class NoticeLetter:
    """A decision as a letter (Bescheid). `closing_note` says why no signature is needed."""

    draft: NoticeDraft
    letterhead: Letterhead
    salutation: str = "Guten Tag,"
    introduction: str = ""
    infos: tuple[Info, ...] = ()
    closing_note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer (Angabe) as it was declared."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the declaration (Abschnitt)."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ReceiptCopy:
    """The copy of what was declared (R02) with the receipt and what happens next."""

    letterhead: Letterhead
    service: str
    case_number: str
    submitted_on: date
    submitted_text: str
    next_steps: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    evidence: tuple[Row, ...] = ()
    declaration: str = ""
    language: str = "de"


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form on paper (Papierformular), empty or filled.

    `service`, `version` and `application` go into the code on each page. `return_to` says where
    the paper is sent.
    """

    letterhead: Letterhead
    title: str
    service: str
    version: str
    sections: tuple[PaperSection, ...]
    evidence: tuple[Tick, ...] = ()
    declaration: str = ""
    return_to: str = ""
    application: UUID | None = None
    printed_on: date = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Letter:
    """Any other letter (Schreiben) for a window envelope."""

    letterhead: Letterhead
    addressee: tuple[str, ...]
    written_on: date
    subject: str
    paragraphs: tuple[str, ...]
    infos: tuple[Info, ...] = ()
    items: tuple[str, ...] = ()
    after_items: tuple[str, ...] = ()
    salutation: str = "Guten Tag,"
    closing_name: str = ""
    closing_role: str = ""
    closing_note: str = ""


def brand_colour(colour: str) -> str:
    """Return the colour of the town, or the house's own when it is no "#RRGGBB"."""
    return colour if _COLOUR.fullmatch(colour) else Letterhead("").colour


def text_colour(colour: str) -> str:
    """Return the colour for text on white: the town's own when it is dark enough."""
    colour = brand_colour(colour)
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return colour if 1.05 / (luminance + 0.05) >= _READABLE else _DARK


def svg_of_png(picture: bytes, *, width: int, height: int) -> str:
    """Wrap a PNG logo so that it can be handed over as text; sizes in pixels."""
    encoded = base64.b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'href="data:image/png;base64,{encoded}"/></svg>'
    )
