"""Makes questions of the rows of a table: columns by their German or English names, in any order.

What a row lacks is told with it; no row is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gemeinwerk.core.paper.errors import NoQuestionColumnError, NoQuestionsError
from gemeinwerk.core.paper.guessing import guess, kind_named, options_of, split_question
from gemeinwerk.core.paper.model import Question
from gemeinwerk.core.paper.topics import folded, topic_of
from gemeinwerk.core.schemas import Finding

LONGEST_QUESTION = 500
HEAD_WITHIN = 10
"""The head of the table stands among its first rows; titles may stand above it."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "nr", "nummer", "no", "number", "feld nr", "feldnummer", "lfd nr", "ziffer"),
    "text": (
        *("frage", "fragen", "question", "text", "feld", "feldname", "field", "label"),
        *("bezeichnung", "angabe", "fragetext", "feldbezeichnung", "inhalt"),
    ),
    "kind": ("typ", "art", "type", "feldtyp", "datentyp", "art der antwort", "format", "kind"),
    "needed": (
        *("pflicht", "pflichtfeld", "notig", "erforderlich", "needed", "required", "mandatory"),
        *("muss", "verpflichtend"),
    ),
    "why": (
        *("warum", "why", "grund", "zweck", "rechtsgrundlage", "begrundung", "norm", "gesetz"),
        *("legal basis", "reason", "purpose", "paragraf", "paragraph"),
    ),
    "options": ("auswahl", "optionen", "antworten", "options", "choices", "werte", "values"),
    "section": ("abschnitt", "seite", "gruppe", "section", "page", "group", "bereich", "block"),
}
_YES = frozenset({"ja", "j", "yes", "y", "x", "1", "true", "wahr", "muss", "pflicht", "✓", "✔"})
_NO = frozenset({"nein", "n", "no", "0", "false", "falsch", "kann", "freiwillig", "optional"})


def read_questions(rows: Sequence[Sequence[str]]) -> tuple[Question, ...]:
    """Return the questions of a table; raise `ListRefusedError` when there is none."""
    at, columns = _head(rows)
    names = list(rows[at])
    made = [
        _question(number, row, columns, names) for number, row in enumerate(rows[at + 1 :], start=1)
    ]
    if not made:
        raise NoQuestionsError
    return tuple(_doubled(made))


def _head(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] | None = None
    for at, row in enumerate(rows[:HEAD_WITHIN]):
        columns = _columns(row)
        if "text" in columns and (best is None or len(columns) > len(best[1])):
            best = at, columns
    if best is None:
        found = ", ".join(cell for cell in (rows[0] if rows else ()) if cell)[:200]
        raise NoQuestionColumnError(columns=found or "–")
    return best


def _columns(row: Sequence[str]) -> dict[str, int]:
    """Return which column holds what; the better name wins, then the first one."""
    cells = [folded(cell) for cell in row]
    found: dict[str, int] = {}
    for role, names in COLUMNS.items():
        for name in names:
            if name in cells and cells.index(name) not in found.values():
                found[role] = cells.index(name)
                break
    return found


def _question(
    number: int, row: Sequence[str], columns: Mapping[str, int], names: Sequence[str]
) -> Question:
    cells = {role: row[at] for role, at in columns.items() if at < len(row)}
    said = cells.get("text", "")
    text, printed = split_question(said)
    options = options_of(cells.get("options", "")) or printed
    typed = cells.get("kind", "")
    listed = options_of(typed) if kind_named(typed) is None else ()
    options = options or listed
    named = kind_named(typed) if not listed else "choice"
    kind = named if named not in (None, "text") else guess(said, options)
    findings = _findings(said, typed if named is None else "", cells, has_options=bool(options))
    if kind == "choice" and not options:
        kind = "text"
        findings.append(Finding("warning", "", "paper.choice_without_options"))
    taken = set(columns.values())
    extra = {
        (names[at] if at < len(names) and names[at] else f"Spalte {at + 1}")[:80]: cell
        for at, cell in enumerate(row)
        if cell and at not in taken
    }
    return Question(
        number=number,
        id=cells.get("id", "")[:60],
        text=text[:LONGEST_QUESTION],
        kind=kind,
        options=options if kind == "choice" else (),
        needed=_needed(cells.get("needed", "")),
        why=cells.get("why", "")[:LONGEST_QUESTION],
        section=cells.get("section", "")[:120],
        extra=extra,
        findings=tuple(findings),
    )


def _findings(
    said: str, unknown: str, cells: Mapping[str, str], *, has_options: bool
) -> list[Finding]:
    found = []
    if not said:
        found.append(Finding("error", "", "paper.no_text"))
    if len(said) > LONGEST_QUESTION:
        found.append(Finding("warning", "", "paper.text_cut", {"limit": LONGEST_QUESTION}))
    if unknown:
        found.append(Finding("warning", "", "paper.unknown_type", {"type": unknown[:80]}))
    needed = cells.get("needed", "")
    if needed and _needed(needed) is None:
        found.append(Finding("warning", "", "paper.unknown_needed", {"text": needed[:80]}))
    topic = topic_of(said) if said else None
    if topic is not None and topic.register:
        found.append(Finding("info", "", "paper.register_knows", {"register": topic.register}))
    if topic is not None and topic.warning:
        found.append(Finding("warning", "", topic.warning))
    if topic is not None and topic.needless:
        found.append(Finding("warning", "", topic.needless))
    elif said and not cells.get("why", ""):
        found.append(Finding("info", "", "paper.no_why"))
    return found


def _needed(cell: str) -> bool | None:
    word = cell.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def _doubled(questions: Sequence[Question]) -> list[Question]:
    """Return the questions; each tells whether its id or its words stood there before."""
    ids: dict[str, int] = {}
    told = []
    for one in questions:
        before = ids.setdefault(one.id, one.number) if one.id else one.number
        if before != one.number:
            params: dict[str, str | int] = {"id": one.id, "number": before}
            finding = Finding("warning", "", "paper.id_doubled", params)
            one = replace(one, findings=(*one.findings, finding))
        told.append(one)
    return told
