"""Services that measure: forms of a chosen size, otherwise as plain as a loaded schema's."""

from __future__ import annotations

from gemeinwerk.core.decisions import NoticeTemplate
from gemeinwerk.core.fees import FeeRule
from gemeinwerk.core.forms import Field, Form, Group, Option, Page
from gemeinwerk.core.packages import Delivery, LegalBasis, Package, Privacy, Retention, Texts

_KINDS = ("text", "text", "integer", "date", "choice", "text", "boolean", "email", "text", "text")
_ANSWERS = {
    "text": "Größere Straße 12",
    "integer": "42",
    "date": "14.3.1985",
    "choice": "b",
    "boolean": "true",
    "email": "anna@example.org",
}


def package_of_size(pages: int, fields: int) -> Package:
    """Return a service with `pages` pages of `fields` questions each, a third in a group."""
    name = f"Messung {pages} mal {fields}"
    form_pages = tuple(_page(number, fields) for number in range(pages))
    last = {field.kind: path for path, field in _fields(form_pages[0].nodes)}
    return Package(
        key=f"measure-{pages}-{fields}",
        version="1.0.0",
        name=name,
        form=Form(
            key=f"measure-{pages}-{fields}",
            version="1.0.0",
            title=name,
            pages=form_pages,
        ),
        fee=FeeRule(note="gebührenfrei"),
        texts=Texts(title=name, summary="Nur zum Messen."),
        notice=NoticeTemplate(title="Bescheid", subject="{service}", blocks=()),
        legal_bases=(LegalBasis(norm="§ 1 Messsatzung"),),
        privacy=Privacy(
            purpose="Messung",
            legal_basis="Art. 6 Abs. 1 Buchst. e DSGVO",
            data_categories=("erfundene Angaben",),
            recipients=("niemand",),
        ),
        retention=Retention(years=1, reason="Nur zum Messen."),
        identity_reason="Nur zum Messen.",
        delivery=Delivery(consent=last["boolean"], email=last["email"]),
        roles={"email": last["email"], "family_name": last["text"]},
        usual_days=3,
    )


def answers_of(package: Package) -> list[tuple[str, dict[str, str]]]:
    """Return for each page what a person would post."""
    return [
        (page.id, {path: _ANSWERS[field.kind] for path, field in _fields(page.nodes)})
        for page in package.form.pages
    ]


def _page(number: int, fields: int) -> Page:
    questions = [_field(number, index) for index in range(fields)]
    inside = fields // 3
    group = Group(id=f"G9900{number:02d}01", label="Angaben", nodes=tuple(questions[:inside]))
    nodes = ((group,) if inside else ()) + tuple(questions[inside:])
    return Page(id=f"page{number}", title=f"Teil {number + 1}", nodes=nodes)


def _field(page: int, index: int) -> Field:
    kind = _KINDS[index % len(_KINDS)]
    options = tuple(Option(code=code, label=f"Möglichkeit {code}") for code in "abcd")
    return Field(
        id=f"F9900{page:02d}{index:03d}",
        label=f"Frage {index + 1}",
        help="Wie es in Ihrem Ausweis steht" if index % 3 == 0 else "",
        why="§ 1 Messsatzung" if index % 5 == 0 else "",
        kind=kind,  # type: ignore[arg-type]  # from the list above
        options=options if kind == "choice" else (),
        max_length=80 if kind == "text" else None,
    )


def _fields(nodes: tuple[Group | Field, ...], above: str = "") -> list[tuple[str, Field]]:
    found: list[tuple[str, Field]] = []
    for node in nodes:
        if isinstance(node, Group):
            found += _fields(node.nodes, f"{above}{node.id}.")
        else:
            found.append((f"{above}{node.id}", node))
    return found
