"""The copy of what was declared (Kopie, R02) as a letter."""

from __future__ import annotations

from gemeinwerk.apps import ports
from gemeinwerk.apps.applications.queries import SubmissionView, SubmittedEvidence
from gemeinwerk.apps.cases.actions.opening import promise_of
from gemeinwerk.apps.municipalities.models import Municipality
from gemeinwerk.apps.notices.letters import letterhead
from gemeinwerk.core.access import Actor
from gemeinwerk.web.ui.formats import date_de, datetime_de, weekday


def receipt_pdf(actor: Actor, submission: SubmissionView, town: Municipality) -> bytes:
    """Return exactly what was declared, with the receipt, as PDF; in German like the notice."""
    promise = promise_of(actor, submission.id)
    steps = [f"Sie hören spätestens am {weekday(promise.expected_by)} von uns."]
    steps += [
        f"Reichen Sie bis {weekday(item.due_on)} nach: {item.label}." for item in promise.missing
    ]
    content = submission.content
    return ports.typesetter().receipt(
        ports.ReceiptCopy(
            letterhead=letterhead(town),
            service=content.title,
            case_number=submission.number,
            submitted_on=submission.submitted_at.date(),
            submitted_text=f"Eingegangen am {datetime_de(submission.submitted_at)}",
            next_steps=tuple(steps),
            sections=tuple(
                ports.LetterSection(
                    section.title,
                    tuple(
                        ports.LabelledText(row.label, row.text if row.given else "nicht angegeben")
                        for row in section.rows
                    ),
                )
                for section in content.sections
            ),
            evidence=tuple(
                ports.LabelledText(item.label, _delivered(item)) for item in content.evidence
            ),
            declaration=submission.package.texts.declaration,
        )
    )


def _delivered(item: SubmittedEvidence) -> str:
    if item.file_ids:
        return (
            "liegt bei" if len(item.file_ids) == 1 else f"{len(item.file_ids)} Dateien liegen bei"
        )
    if item.follows_on:
        return f"folgt bis {date_de(item.follows_on)}"
    return "nicht beigefügt"
