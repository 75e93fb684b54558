"""Spreads a form over pages as its layout says: one thing per page, or everything on one.

Answers do not notice: pages are no part of their paths. One thing is a lone question, a group that
holds only questions (an address, a name), or what is asked several times. Texts stay before what
follows them, hidden fields stay with their neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gemeinwerk.core.forms.model import Field, Form, Group, Node, Page

MOST_TOGETHER = 5
"""A group with more questions is no longer one thing; its questions get pages of their own."""


def arranged(form: Form) -> Form:
    """Return the form with the pages its layout wants; page ids of single pages stay."""
    if form.layout == "one_per_page":
        pages = tuple(part for page in form.pages for part in _parted(page))
    elif form.layout == "compact":
        pages = _joined(form)
    else:
        return form
    return msgspec.structs.replace(form, pages=pages, layout="pages")


def _parted(page: Page) -> Iterator[Page]:
    things = _bound_together([thing for node in page.nodes for thing in _things(node)])
    if len(things) < 2:
        yield page
        return
    for number, nodes in enumerate(things, start=1):
        yield msgspec.structs.replace(
            page,
            id=page.id if number == 1 else f"{page.id}-{number}",
            title=_title(nodes),
            help=page.help if number == 1 else "",
            section=page.section or page.title,
            nodes=_merged(nodes),
        )


def _things(node: Node) -> Iterator[Node]:
    """Yield the node, or the parts of a group each in a copy of the groups around it."""
    if isinstance(node, Field) or not _divisible(node):
        yield node
        return
    for child in node.nodes:
        for part in _things(child):
            yield msgspec.structs.replace(node, nodes=(part,))


def _divisible(group: Group) -> bool:
    if group.choice or group.maximum != 1 or group.table:
        return False
    questions = [one for one in group.nodes if isinstance(one, Field) and _asked(one)]
    return len(questions) < len(group.nodes) or len(questions) > MOST_TOGETHER


def _bound_together(things: list[Node]) -> list[tuple[Node, ...]]:
    """Put notes to what follows, and what nobody sees to what stands before."""
    found: list[tuple[Node, ...]] = []
    waiting: tuple[Node, ...] = ()
    for thing in things:
        field = _innermost(thing)
        if isinstance(field, Field) and field.kind == "note":
            waiting = (*waiting, thing)
        elif isinstance(field, Field) and not _asked(field) and found:
            found[-1] = (*found[-1], thing)
        elif isinstance(field, Field) and not _asked(field):
            waiting = (*waiting, thing)
        else:
            found.append((*waiting, thing))
            waiting = ()
    if waiting:
        found = [*found[:-1], (*found[-1], *waiting)] if found else [waiting]
    return found


def _asked(field: Field) -> bool:
    return field.kind not in ("note", "hidden") and not field.hidden


def _innermost(node: Node) -> Node:
    while (
        isinstance(node, Group)
        and len(node.nodes) == 1
        and not (node.choice or node.table or node.maximum != 1)
    ):
        node = node.nodes[0]
    return node


def _title(nodes: tuple[Node, ...]) -> str:
    """Return the question itself as the title of its page."""
    last = _innermost(next((one for one in nodes if not _is_quiet(one)), nodes[-1]))
    return last.label


def _is_quiet(node: Node) -> bool:
    inner = _innermost(node)
    return isinstance(inner, Field) and not _asked(inner)


def _merged(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Join neighbouring copies of one group."""
    found: list[Node] = []
    for node in nodes:
        last = found[-1] if found else None
        if isinstance(node, Group) and isinstance(last, Group) and last.id == node.id:
            found[-1] = msgspec.structs.replace(last, nodes=_merged((*last.nodes, *node.nodes)))
        else:
            found.append(node)
    return tuple(found)


def _joined(form: Form) -> tuple[Page, ...]:
    """Return one page; what stood on a page with a condition keeps it."""
    if len(form.pages) < 2:
        return form.pages
    nodes: list[Node] = []
    for page in form.pages:
        only = page.nodes[0] if len(page.nodes) == 1 else None
        if not (isinstance(only, Group) and only.label == page.title):
            heading = Field(
                id=f"H-{page.id}"[:64], label=page.title, kind="note", help=page.help, minimum=0
            )
            nodes.append(_under(heading, page.visible_when))
        nodes += [_under(node, page.visible_when) for node in page.nodes]
    first = form.pages[0]
    whole = Page(id=first.id, title=form.title, nodes=_merged(tuple(nodes)))
    return (whole,)


def _under(node: Node, condition: str) -> Node:
    if not condition:
        return node
    own = node.visible_when
    both = f"({condition}) and ({own})" if own else condition
    return msgspec.structs.replace(node, visible_when=both)
