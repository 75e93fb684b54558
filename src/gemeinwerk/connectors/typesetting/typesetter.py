"""Renders letters as PDF/UA-1 and PDF/A-3a in one file; text comes in as data, never as markup."""

import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import msgspec
import typst

from gemeinwerk.connectors.typesetting.fonts import coverage, font_directory, showable
from gemeinwerk.connectors.typesetting.letters import (
    Info,
    Letter,
    Letterhead,
    NoticeLetter,
    PaperForm,
    ReceiptCopy,
    brand_colour,
    text_colour,
)
from gemeinwerk.connectors.typesetting.paper_codes import page_codes, page_count
from gemeinwerk.core.calendars import day_in_digits, day_in_words
from gemeinwerk.core.decisions import NoticeDraft, fee_total
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.core.kernel.money import euro

_NO_SUBJECT: Final = "Ohne Betreff"  # PDF/UA-1 refuses an empty title; a preview may have none
_RECEIPT: Final = "Eingangsbestätigung"
_RECEIPT_TITLES: Final = {"de": _RECEIPT, "en": "Confirmation of receipt"}
_PICTURES: Final = ("logo", "picture")  # SVG, no text
_TEMPLATES: Final = Path(__file__).parent / "templates"


class LetterRefusedError(DomainError):
    """A letter that cannot be set, such as one with a logo that is no SVG picture."""

    code = "letter.refused"


class Typesetter:
    """Renders letters (Satz); one object per process, safe for threads.

    Nothing is fetched: templates lie beside this module, fonts in `fonts` (default: those of the
    Python package). The same letter always gives the same bytes. The first letter costs about a
    quarter of a second, later ones a few milliseconds.
    """

    def __init__(self, fonts: Path | None = None) -> None:
        directory = fonts or font_directory()
        self._covered = coverage(directory)
        # The embedded fonts of typst give the few signs that Noto Sans lacks; system fonts
        # would make the result differ from machine to machine.
        loaded = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=True,
            font_paths=[str(directory)],
        )
        self._compilers = {
            name: typst.Compiler(
                input=_TEMPLATES / f"{name}.typ", root=_TEMPLATES, font_paths=loaded
            )
            for name in ("notice", "receipt", "letter", "paper")
        }
        self._lock = threading.Lock()

    def notice(self, letter: NoticeLetter) -> bytes:
        """Return the decision as a letter for a window envelope, outcome first."""
        draft = letter.draft
        data = {
            **_head(letter.letterhead),
            **_notice_body(draft),
            "title": f"{draft.title}: {draft.subject}".strip(": ") or _NO_SUBJECT,
            "infos": _infos((Info("Aktenzeichen", draft.case_number), *letter.infos)),
            "salutation": letter.salutation,
            "introduction": letter.introduction,
            "closing_note": letter.closing_note,
        }
        return self._render("notice", data, draft.written_on)

    def receipt(self, copy: ReceiptCopy) -> bytes:
        """Return the copy of the declaration (R02)."""
        data = {
            **_head(copy.letterhead),
            "title": f"{_RECEIPT_TITLES.get(copy.language, _RECEIPT)}: {copy.service}",
            "language": copy.language if copy.language in _RECEIPT_TITLES else "de",
            "service": copy.service.strip() or _NO_SUBJECT,
            "case_number": copy.case_number,
            "date": day_in_words(copy.submitted_on),
            "submitted_text": copy.submitted_text,
            "next_steps": copy.next_steps,
            "sections": msgspec.to_builtins(copy.sections),
            "evidence": msgspec.to_builtins(copy.evidence),
            "declaration": copy.declaration,
        }
        return self._render("receipt", data, copy.submitted_on)

    def letter(self, letter: Letter) -> bytes:
        """Return any other letter for a window envelope (DIN 5008, form B)."""
        data = {
            **_head(letter.letterhead),
            "title": letter.subject.strip() or _NO_SUBJECT,
            "addressee": letter.addressee,
            "date": day_in_words(letter.written_on),
            "infos": _infos(letter.infos),
            "salutation": letter.salutation,
            "paragraphs": letter.paragraphs,
            "items": letter.items,
            "after_items": letter.after_items,
            "closing_name": letter.closing_name,
            "closing_role": letter.closing_role,
            "closing_note": letter.closing_note,
        }
        return self._render("letter", data, letter.written_on)

    def paper(self, form: PaperForm) -> bytes:
        """Return a form on paper; each page carries a code by which a scan finds its matter."""
        data: dict[str, object] = {
            **_head(form.letterhead),
            "title": form.title.strip() or _NO_SUBJECT,
            "sections": msgspec.to_builtins(form.sections),
            "evidence": msgspec.to_builtins(form.evidence),
            "declaration": form.declaration,
            "return_to": form.return_to,
            "filled": form.application is not None,
        }
        # How many pages there are is known only once they are set; the codes change no line.
        pages = page_count(self._render("paper", {**data, "codes": []}, form.printed_on))
        codes = page_codes(form, pages)
        return self._render("paper", {**data, "codes": codes}, form.printed_on)

    def _render(self, name: str, data: Mapping[str, object], day: date) -> bytes:
        shown = _shown(msgspec.to_builtins(data), self._covered)
        # No clock and no machine in the file: its instant is the start of the day of the letter.
        stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
        inputs = {"data": msgspec.json.encode(shown).decode()}
        try:
            with self._lock:
                made = self._compilers[name].compile(
                    format="pdf",
                    sys_inputs=inputs,
                    pdf_standards=["ua-1", "a-3a"],
                    timestamp=stamp,
                )
        except typst.TypstError as refused:
            raise LetterRefusedError(kind=name) from refused
        if not isinstance(made, bytes):
            raise LetterRefusedError(kind=name)
        return made


def _head(head: Letterhead) -> dict[str, object]:
    return {
        "town": head.town,
        "motto": head.motto,
        "colour": brand_colour(head.colour),
        "text_colour": text_colour(head.colour),
        "logo": head.logo_svg,
        "return_line": head.return_line,
        "footer": head.footer,
    }


def _notice_body(draft: NoticeDraft) -> dict[str, object]:
    fees = [
        {
            "label": line.label,
            "norm": line.norm,
            "due": day_in_digits(line.due_on) if line.due_on else "",
            "amount": euro(line.amount),
        }
        for line in draft.fee_lines
    ]
    return {
        "kind": draft.title,
        "subject": draft.subject.strip() or draft.title.strip() or _NO_SUBJECT,
        "date": day_in_words(draft.written_on),
        "case_number": draft.case_number,
        "authority": draft.authority,
        "addressee": draft.addressee.lines,
        "operative": [passage.text for passage in draft.operative],
        "clauses": [passage.text for passage in draft.clauses],
        "reasons": [passage.text for passage in draft.reasons],
        "notes": [passage.text for passage in draft.notes],
        "fees": fees,
        "fee_total": euro(fee_total(draft)),
        "fee_note": draft.fee_note,
        "remedy": draft.remedy.text if draft.remedy else "",
        "closing_name": draft.closing_name,
        "closing_role": draft.closing_role,
    }


def _infos(infos: tuple[Info, ...]) -> list[dict[str, str]]:
    return [{"label": info.label, "text": info.text} for info in infos if info.text]


def _shown(value: object, covered: frozenset[int]) -> object:
    """Make every text of a document showable, except the logo, which is no text."""
    if isinstance(value, str):
        return showable(value, covered)
    if isinstance(value, dict):
        return {
            key: inner if key in _PICTURES else _shown(inner, covered)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_shown(inner, covered) for inner in value]
    return value
