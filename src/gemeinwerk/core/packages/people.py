"""Several people fill in one form (Beteiligte): whose page it is, who is asked, who sees what.

Pages that no participant has are the applicant's. Everything here is told from the package and
the answers; who was invited and has declared is known outside and handed in as sets of roles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

import msgspec

from gemeinwerk.core.expressions import ExpressionError, Type, check, parse
from gemeinwerk.core.forms import Answers, Form, Group, Node, Page, Section
from gemeinwerk.core.kernel import Fault
from gemeinwerk.core.packages.calculating import compiled, fields_of, groups_of, path_of, types_of
from gemeinwerk.core.packages.model import Package, Participant

APPLICANT = "applicant"
"""The role (Rolle) of who applies; `after` may name it, nobody else may have it."""

MOST_DAYS = 28
"""Longest time to answer: a draft is kept for thirty days after the last change (R09)."""

REMIND_DAYS_BEFORE = 3
"""A reminder leaves so many days before the last one."""


def participant_of(package: Package, role: str) -> Participant | None:
    """Return the participant of a role, None when the package has no such role."""
    return next((one for one in package.participants if one.role == role), None)


def role_of_page(package: Package, page_id: str) -> str:
    """Return whose page it is."""
    for one in package.participants:
        if page_id in one.pages:
            return one.role
    return APPLICANT


def own_pages(package: Package, role: str, route: Iterable[str]) -> tuple[str, ...]:
    """Return the pages of a route that this role fills in, in their order."""
    if not package.participants:
        return tuple(route) if role == APPLICANT else ()
    return tuple(page for page in route if role_of_page(package, page) == role)


def asked(package: Package, route: Collection[str]) -> tuple[Participant, ...]:
    """Return who has anything to fill in for these answers."""
    return tuple(one for one in package.participants if any(page in route for page in one.pages))


def is_required(participant: Participant, values: Mapping[str, object]) -> bool:
    """Tell whether the submission waits for her; `values` come from `CompiledForm.values`."""
    if participant.required or not participant.required_when:
        return participant.required
    return compiled(participant.required_when)(values) is True


def waits_for(
    participant: Participant, asked_roles: Collection[str], done: Collection[str]
) -> tuple[str, ...]:
    """Return the roles that come before her and are not done; () when she may begin."""
    before = (role for role in participant.after if role == APPLICANT or role in asked_roles)
    return tuple(role for role in before if role not in done)


def due_on(participant: Participant, invited_on: date) -> date:
    """Return the last day to answer."""
    return invited_on + timedelta(days=participant.days)


def may_read(package: Package, role: str, path: str, page_id: str) -> bool:
    """Tell whether a role reads an answer: its own, or one released to it. In doubt: no."""
    owner = role_of_page(package, page_id)
    if owner == role:
        return True
    if role == APPLICANT:
        holder = participant_of(package, owner)
        return holder is not None and _named(holder.tells, path, page_id)
    reader = participant_of(package, role)
    return reader is not None and _named(reader.sees, path, page_id)


def readable(package: Package, role: str, sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return the rows of the check page that a role may read; pages without any are left out."""
    found = []
    for one in sections:
        rows = tuple(row for row in one.rows if may_read(package, role, row.path, row.page_id))
        if rows:
            found.append(Section(one.page_id, one.title, rows))
    return tuple(found)


def released(package: Package, role: str, sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return what a role reads of the answers of others."""
    others = (one for one in sections if role_of_page(package, one.page_id) != role)
    return readable(package, role, others)


def readable_answers(package: Package, role: str, answers: Mapping[str, str]) -> Answers:
    """Return the answers that a role may read, hidden fields of others left out."""
    if not package.participants:
        return dict(answers)
    pages = pages_by_path(package.form)
    return {
        key: answer
        for key, answer in answers.items()
        for path in (path_of(key.removesuffix("[]")),)
        if any(may_read(package, role, path, page) for page in pages.get(path, ()))
    }


def without_pages(form: Form, answers: Mapping[str, str], pages: Collection[str]) -> Answers:
    """Return answers without those given on some pages."""
    if not pages:
        return dict(answers)
    places = pages_by_path(form)
    return {key: answer for key, answer in answers.items() if not lies_on(places, key, pages)}


def lies_on(places: Mapping[str, frozenset[str]], key: str, pages: Collection[str]) -> bool:
    """Tell whether a question stands on these pages only; `places` is `pages_by_path`."""
    stands_on = places.get(path_of(key.removesuffix("[]")), frozenset())
    return bool(stands_on) and stands_on <= set(pages)


def pages_by_path(form: Form) -> dict[str, frozenset[str]]:
    """Return on which pages each field stands; a group may be continued on a later page."""
    found: dict[str, frozenset[str]] = {}
    for page in form.pages:
        for path, _ in _walk(page.nodes, ""):
            found[path] = found.get(path, frozenset()) | {page.id}
    return found


def with_conditions(form: Form, participants: Iterable[Participant]) -> Form:
    """Return the form in which the pages of a participant apply only while she is asked."""
    when = {page: one.when for one in participants if one.when for page in one.pages}
    if not when:
        return form
    pages = tuple(_only_when(page, when.get(page.id, "")) for page in form.pages)
    return msgspec.structs.replace(form, pages=pages)


def participant_faults(package: Package) -> Iterator[Fault]:
    """Yield what keeps the people of a package from working together, by place in the file."""
    owners: dict[str, str] = {}
    if package.participants and package.form.layout != "pages":
        yield Fault("participant", "package.people_and_layout", {})
    pages = {page.id for page in package.form.pages}
    roles = [one.role for one in package.participants]
    types = types_of(package.form, package.parameters, ())
    for at, one in enumerate(package.participants):
        place = f"participant[{at}] {one.role}"
        if one.role == APPLICANT or roles.count(one.role) > 1 or not one.role.isidentifier():
            yield Fault(place, "package.participant_role", {"role": one.role})
        if not 1 <= one.days <= MOST_DAYS:
            yield Fault(f"{place}.days", "package.participant_days", {"most": MOST_DAYS})
        if not one.pages:
            yield Fault(f"{place}.pages", "package.participant_without_pages", {"role": one.role})
        for page in one.pages:
            if page not in pages:
                yield Fault(f"{place}.pages", "package.participant_page", {"name": page})
            elif page in owners:
                yield Fault(f"{place}.pages", "package.page_of_two", {"name": page})
            owners[page] = one.role
        yield from _order_faults(place, one, roles)
        yield from _release_faults(place, package, one)
        if one.required_when:
            try:
                check(parse(one.required_when), types, Type.BOOLEAN)
            except ExpressionError as wrong:
                yield Fault(f"{place}.required_when", wrong.code, dict(wrong.params))
    if package.participants and not pages - set(owners):
        yield Fault("participant", "package.nothing_for_applicant", {})
    yield from _shared_faults(package)
    yield from _circles(package)


def _named(names: Collection[str], path: str, page_id: str) -> bool:
    """Tell whether a page, a group around the path, or the path itself is named."""
    plain = path_of(path)
    return page_id in names or any(plain == name or plain.startswith(f"{name}.") for name in names)


def _only_when(page: Page, condition: str) -> Page:
    if not condition:
        return page
    both = f"({condition}) and ({page.visible_when})" if page.visible_when else condition
    return msgspec.structs.replace(page, visible_when=both)


def _walk(nodes: Iterable[Node], above: str) -> Iterator[tuple[str, Node]]:
    for node in nodes:
        path = f"{above}{node.id}"
        yield path, node
        if isinstance(node, Group):
            yield from _walk(node.nodes, f"{path}.")


def _order_faults(place: str, one: Participant, roles: Collection[str]) -> Iterator[Fault]:
    for role in one.after:
        if role != APPLICANT and role not in roles:
            yield Fault(f"{place}.after", "package.unknown_role", {"role": role})


def _release_faults(place: str, package: Package, one: Participant) -> Iterator[Fault]:
    """Yield faults of what she sees (answers of others) and tells (answers of hers)."""
    places = pages_by_path(package.form)
    pages = {page.id for page in package.form.pages}
    known = {*fields_of(package.form), *groups_of(package.form), *pages}
    for key, names in (("sees", one.sees), ("tells", one.tells)):
        for name in names:
            own = name in one.pages or bool(places.get(name, frozenset()) & set(one.pages))
            if name not in known:
                yield Fault(f"{place}.{key}", "package.unknown_name", {"name": name})
            elif own != (key == "tells"):
                code = "package.sees_own" if own else "package.tells_of_others"
                yield Fault(f"{place}.{key}", code, {"name": name})


def _shared_faults(package: Package) -> Iterator[Fault]:
    """Yield what is asked several times on pages of two people: one could remove the other's."""
    repeated = {
        path
        for page in package.form.pages
        for path, node in _walk(page.nodes, "")
        if node.maximum is None or node.maximum > 1
    }
    for path, pages in pages_by_path(package.form).items():
        owners = {role_of_page(package, page) for page in pages}
        if path in repeated and len(owners) > 1:
            yield Fault("participant", "package.repeated_by_two", {"name": path})


def _circles(package: Package) -> Iterator[Fault]:
    after = {one.role: set(one.after) - {APPLICANT} for one in package.participants}
    while after:
        free = {role for role, others in after.items() if not others & set(after)}
        if not free:
            names = ", ".join(sorted(after))
            yield Fault("participant", "package.people_wait_for_each_other", {"roles": names})
            return
        after = {role: others for role, others in after.items() if role not in free}
