"""The copy of what was declared (Kopie, R02) as a letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gemeinwerk.apps import ports
from gemeinwerk.apps.applications.contents import (
    SubmissionContent,
    SubmittedEvidence,
    SubmittedRow,
    SubmittedSection,
)
from gemeinwerk.apps.applications.people import PartView
from gemeinwerk.apps.applications.queries import SubmissionView
from gemeinwerk.apps.cases.actions.opening import promise_of
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.documents import queries as documents
from gemeinwerk.apps.municipalities.models import Municipality
from gemeinwerk.apps.notices.letters import letterhead
from gemeinwerk.core.access import Actor
from gemeinwerk.web.ui.formats import date_de, datetime_de, money, weekday
from gemeinwerk.web.ui.language import current
from gemeinwerk.web.ui.wording import t


def receipt_pdf(actor: Actor, submission: SubmissionView, town: Municipality) -> bytes:
    """Return exactly what was declared, with the receipt, as PDF.

    Labels are those she saw; what has no translation stands in German. The frame speaks the
    language of the application, which `language.spoken` has to be around this call.
    """
    promise = promise_of(actor, submission.id)
    steps = [t("Sie hören spätestens am {day} von uns.", day=weekday(promise.expected_by))]
    steps += [
        t("Reichen Sie bis {day} nach: {label}.", day=weekday(item.due_on), label=item.label)
        for item in promise.missing
    ]
    package = catalogue.package_of(submission.offer_version_id, language=submission.language)
    content = submission.content
    names = {str(file.id): file.name for file in documents.files_of(submission.id)}
    return ports.typesetter().receipt(
        ports.ReceiptCopy(
            letterhead=letterhead(town),
            service=content.title,
            case_number=submission.number,
            submitted_on=submission.submitted_at.date(),
            submitted_text=t(
                "Eingegangen am {instant}", instant=datetime_de(submission.submitted_at)
            ),
            next_steps=tuple(steps),
            sections=(*(_section(one) for one in content.sections), *_costs(content)),
            evidence=tuple(
                ports.LabelledText(item.label, _delivered(item, names)) for item in content.evidence
            ),
            declaration=package.texts.declaration,
            language=submission.language,
        )
    )


def _section(section: SubmittedSection) -> ports.LetterSection:
    rows = (
        ports.LabelledText(row.label, row.text if row.given else _absent(row))
        for row in section.rows
    )
    return ports.LetterSection(section.title, tuple(rows))


def _absent(row: SubmittedRow) -> str:
    """Return what stands for an answer that is not there; the law lets some of them follow."""
    return t("fehlt noch, Sie können es nachreichen") if row.missing else t("nicht angegeben")


def _costs(content: SubmissionContent) -> tuple[ports.LetterSection, ...]:
    """Return what the check page said about the fee; nothing when nobody could say."""
    if not content.fee_total:
        return ()
    rows = [ports.LabelledText(line.label, money(line.amount)) for line in content.fee]
    rows.append(ports.LabelledText(t("Zusammen"), money(content.fee_total)))
    return (ports.LetterSection(t("Kosten"), tuple(rows)),)


def _delivered(item: SubmittedEvidence, names: Mapping[str, str]) -> str:
    """Return the names of the files that came, or when they follow."""
    if item.file_ids:
        return ", ".join(names.get(one, t("Datei gelöscht")) for one in item.file_ids)
    if item.follows_on:
        return t("folgt bis {day}", day=date_de(item.follows_on))
    return t("nicht beigefügt")


def part_pdf(view: PartView, town: Municipality, *, today: date) -> bytes:
    """Return what another person declared in her part, as PDF for her own papers."""
    spoken = current()
    done = view.row.done_at
    return ports.typesetter().receipt(
        ports.ReceiptCopy(
            letterhead=letterhead(town),
            service=view.draft.package.name,
            case_number="",
            submitted_on=done.date() if done else today,
            submitted_text=t("Abgeschlossen am {instant}", instant=datetime_de(done))
            if done
            else "",
            sections=tuple(_section(one) for one in view.sections(today=today)),
            declaration=view.content.declaration,
            language=spoken,
        )
    )
