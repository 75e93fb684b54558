"""Makes an honest package for a schema that was just loaded: usable at once, claiming nothing.

What a schema cannot tell (fee, process, retention, privacy facts) stays open: the fee is "nach
Auskunft", a person decides, and `open_points` lists what is missing to go live.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gemeinwerk.core.decisions import NoticeTemplate, Outcome, TextBlock
from gemeinwerk.core.fees import FeeRule
from gemeinwerk.core.forms import Form, form_from_schema
from gemeinwerk.core.kernel import FaultsError
from gemeinwerk.core.packages import elements as shelf
from gemeinwerk.core.packages.loading import delivery_of
from gemeinwerk.core.packages.model import LegalBasis, Package, Retention, Texts
from gemeinwerk.core.packages.reading import Reader
from gemeinwerk.core.packages.shelf_blocks import roles_in, with_shelf_fields
from gemeinwerk.core.packages.translating import block_texts
from gemeinwerk.core.schemas import CodeList, Schema

_LAST_PAGE = {
    "id": "contact",
    "title": "Wie erreichen wir Sie?",
    "nodes": ["G99000013", "G99000014"],
}
_NOTICE = NoticeTemplate(
    title="Bescheid",
    subject="{service}",
    blocks=(
        TextBlock(
            id="granted",
            kind="operative",
            outcomes=(Outcome.GRANT,),
            editable=True,
            text="Ihrem Antrag ({service}) geben wir statt.",
        ),
        TextBlock(
            id="granted_in_part",
            kind="operative",
            outcomes=(Outcome.GRANT_IN_PART,),
            editable=True,
            text="Ihrem Antrag ({service}) geben wir zum Teil statt. Im Übrigen lehnen wir ihn ab.",
        ),
        TextBlock(
            id="refused",
            kind="operative",
            outcomes=(Outcome.REFUSE,),
            editable=True,
            text="Ihren Antrag ({service}) lehnen wir ab.",
        ),
        TextBlock(
            id="why_granted",
            kind="reasons",
            outcomes=(Outcome.GRANT,),
            editable=True,
            text="Nach Ihren Angaben und Unterlagen liegen die Voraussetzungen vor "
            "({legal_bases}).",
        ),
        TextBlock(
            id="why_not_granted",
            kind="reasons",
            outcomes=(Outcome.GRANT_IN_PART, Outcome.REFUSE),
            editable=True,
            text="Nach unserer Prüfung liegen die Voraussetzungen nicht oder nur zum Teil vor "
            "({legal_bases}).",
        ),
        TextBlock(
            id="fee_on_request",
            kind="fee",
            editable=True,
            text="Über die Gebühr erhalten Sie Auskunft. Ein eigener Bescheid setzt sie fest.",
        ),
    ),
)


def package_from_schema(
    schema: Schema,
    lists: Mapping[str, CodeList],
    *,
    blocks: Mapping[str, bytes] | None = None,
) -> Package:
    """Return a package with the form of the schema and nothing invented around it.

    `lists` holds code lists by URI, `blocks` the shared block files ("blocks/contact.toml",
    "blocks/delivery.toml"): with them a last page asks how to reach the person and whether she
    wants to download the decision (R20); without them decisions go by letter. What of the
    schema cannot be used is told by `form_from_schema`.
    """
    form, _ = form_from_schema(schema, lists)
    name = schema.label or schema.name
    elements = shelf.Elements()
    if blocks:
        elements, form = _with_last_page(form, blocks)
    english = block_texts(shelf.texts_of(elements, "en"))
    return Package(
        key=schema.id.lower(),
        version=schema.version,
        name=name,
        form=form,
        fee=FeeRule(note="Gebühr nach Auskunft"),
        fee_on_request=True,
        texts=_texts(name, schema.description),
        notice=_NOTICE,
        legal_bases=tuple(LegalBasis(norm=one.text, link=one.link) for one in schema.legal_basis),
        privacy=None,
        retention=Retention(years=None),
        keywords=schema.keywords,
        delivery=delivery_of(elements.roles),
        roles=elements.roles,
        translations={"en": english} if english else {},
    )


def _with_last_page(form: Form, blocks: Mapping[str, bytes]) -> tuple[shelf.Elements, Form]:
    form, used = with_shelf_fields(form, blocks)
    reader = Reader(blocks)
    elements = shelf.gather(reader, (*used, "contact", "delivery"), own=False)
    last = shelf.place(reader, elements, {"page": [_LAST_PAGE]})
    if reader.faults:
        raise FaultsError(reader.faults)
    form = msgspec.structs.replace(form, pages=(*form.pages, *last))
    elements.roles = roles_in(form, elements.roles)
    return elements, form


def _texts(name: str, summary: str) -> Texts:
    return Texts(
        title=name,
        summary=summary,
        cost="Gebühr nach Auskunft",
        declaration="Meine Angaben sind vollständig und richtig.",
        next_steps=(
            "Wir prüfen Ihren Antrag. Fehlt uns etwas, schreiben wir Ihnen.",
            "Danach erhalten Sie einen Bescheid.",
        ),
    )
