"""The one table of rights (Berechtigungen): who may do what, and where; default is deny."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from gemeinwerk.core.access.actor import Actor, Role
from gemeinwerk.core.kernel import RefusedError


class Right(StrEnum):
    """What can be done (Recht). Names are stable: the audit chain quotes them."""

    # a citizen's own dossier
    EDIT_DRAFT = "edit_draft"
    FILL_PART = "fill_part"
    ANSWER_REQUEST = "answer_request"
    RETRIEVE_NOTICE = "retrieve_notice"
    WITHDRAW_CASE = "withdraw_case"
    # cases
    SEE_INBOX = "see_inbox"
    READ_CASE = "read_case"
    CLAIM_CASE = "claim_case"
    ASSIGN_CASE = "assign_case"
    WRITE_NOTE = "write_note"
    SEND_MESSAGE = "send_message"
    REQUEST_DOCUMENTS = "request_documents"
    CAPTURE_APPLICATION = "capture_application"
    TRANSFER_CASE = "transfer_case"
    EXPORT_CASE_FILE = "export_case_file"
    DECIDE_CASE = "decide_case"
    CONFIRM_DECISION = "confirm_decision"
    ISSUE_NOTICE = "issue_notice"
    PRINT_LETTER = "print_letter"
    RECORD_OBJECTION = "record_objection"
    SHRED_CASE = "shred_case"
    # services
    LOAD_SCHEMA = "load_schema"
    EDIT_SERVICE = "edit_service"
    PUBLISH_SERVICE = "publish_service"
    # town and operation
    EDIT_TOWN = "edit_town"
    SEE_FIGURES = "see_figures"
    READ_AUDIT = "read_audit"
    SEE_ALARMS = "see_alarms"
    RETRY_JOB = "retry_job"
    MANAGE_STAFF = "manage_staff"
    MANAGE_KEYS = "manage_keys"
    RESET_SECOND_FACTOR = "reset_second_factor"


@dataclass(frozen=True, slots=True)
class Grant:
    """One row of the table (Zuweisung): which roles hold a right, and how far it reaches."""

    unit_roles: frozenset[Role] = frozenset()  # only in the units the person works in
    town_roles: frozenset[Role] = frozenset()  # everywhere in the town
    citizen: bool = False  # the citizen in a dossier she has opened
    system: bool = False  # jobs, commands and the automatic decision
    four_eyes: bool = False  # never by somebody who took part before


def _roles(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


_DESK = _roles(Role.CASEWORKER, Role.TEAM_LEAD)
_LEAD = _roles(Role.TEAM_LEAD)
_CONFIRMERS = _roles(Role.TEAM_LEAD, Role.MAYOR)

TABLE: dict[Right, Grant] = {
    Right.EDIT_DRAFT: Grant(citizen=True),
    Right.FILL_PART: Grant(citizen=True),
    Right.ANSWER_REQUEST: Grant(citizen=True),
    Right.RETRIEVE_NOTICE: Grant(citizen=True),
    Right.WITHDRAW_CASE: Grant(citizen=True, unit_roles=_DESK),
    Right.SEE_INBOX: Grant(town_roles=_DESK | _CONFIRMERS),
    # The mayor reads and confirms only in units entered for her: knowing everything is no duty.
    Right.READ_CASE: Grant(citizen=True, unit_roles=_DESK | _CONFIRMERS, system=True),
    Right.CLAIM_CASE: Grant(unit_roles=_DESK),
    Right.ASSIGN_CASE: Grant(unit_roles=_LEAD, system=True),
    Right.WRITE_NOTE: Grant(unit_roles=_DESK | _CONFIRMERS),
    Right.SEND_MESSAGE: Grant(citizen=True, unit_roles=_DESK, system=True),
    Right.REQUEST_DOCUMENTS: Grant(unit_roles=_DESK),
    Right.CAPTURE_APPLICATION: Grant(town_roles=_DESK),
    Right.TRANSFER_CASE: Grant(unit_roles=_DESK),
    Right.EXPORT_CASE_FILE: Grant(unit_roles=_DESK),
    Right.DECIDE_CASE: Grant(unit_roles=_DESK, system=True),
    Right.CONFIRM_DECISION: Grant(unit_roles=_CONFIRMERS, four_eyes=True),
    Right.ISSUE_NOTICE: Grant(unit_roles=_DESK | _CONFIRMERS, system=True),
    Right.PRINT_LETTER: Grant(unit_roles=_DESK),
    Right.RECORD_OBJECTION: Grant(unit_roles=_DESK),
    Right.SHRED_CASE: Grant(unit_roles=_LEAD, system=True),
    Right.LOAD_SCHEMA: Grant(town_roles=_roles(Role.AUTHOR), system=True),
    Right.EDIT_SERVICE: Grant(town_roles=_roles(Role.AUTHOR), system=True),
    Right.PUBLISH_SERVICE: Grant(town_roles=_roles(Role.AUTHOR), system=True),
    Right.EDIT_TOWN: Grant(town_roles=_roles(Role.AUTHOR, Role.OPERATOR), system=True),
    Right.SEE_FIGURES: Grant(town_roles=_roles(Role.TEAM_LEAD, Role.AUTHOR, Role.MAYOR)),
    Right.READ_AUDIT: Grant(town_roles=_roles(Role.OPERATOR, Role.MAYOR), system=True),
    Right.SEE_ALARMS: Grant(town_roles=_roles(Role.OPERATOR, Role.TEAM_LEAD, Role.MAYOR)),
    # A job run again acts in a case: who only looks at the alarms does not start it.
    Right.RETRY_JOB: Grant(town_roles=_roles(Role.OPERATOR, Role.TEAM_LEAD)),
    Right.MANAGE_STAFF: Grant(town_roles=_roles(Role.OPERATOR), system=True),
    Right.MANAGE_KEYS: Grant(town_roles=_roles(Role.OPERATOR), system=True),
    # A lost second factor is given back by somebody else than the person who lost it (S20).
    Right.RESET_SECOND_FACTOR: Grant(
        town_roles=_roles(Role.OPERATOR, Role.TEAM_LEAD, Role.MAYOR), four_eyes=True
    ),
}


def may(
    actor: Actor,
    right: Right,
    *,
    unit_id: UUID | None = None,
    dossier_id: UUID | None = None,
    involved_staff_ids: Collection[UUID] = (),
    municipality_id: int | None = None,
) -> bool:
    """Tell whether the actor holds the right (Berechtigung) at this place; in doubt: no.

    `unit_id` is the unit of the case, `dossier_id` the draft or case, `involved_staff_ids` who
    took part before (proposed the decision, lost the factor): a four-eyes right is refused to
    them, and refused to everybody while nobody is named. `municipality_id`, when given, is the
    town of the object and has to be the actor's.
    """
    grant = TABLE.get(right)
    if grant is None or actor.municipality_id is None:
        return False
    if municipality_id is not None and municipality_id != actor.municipality_id:
        return False
    if actor.kind == "system":
        return grant.system
    if actor.kind == "citizen":
        return grant.citizen and dossier_id is not None and dossier_id in actor.dossier_ids
    if actor.kind != "staff" or actor.staff_id is None:
        return False
    if grant.four_eyes and (not involved_staff_ids or actor.staff_id in involved_staff_ids):
        return False
    if actor.roles & grant.town_roles:
        return True
    return bool(actor.roles & grant.unit_roles) and unit_id in actor.unit_ids


def require(
    actor: Actor,
    right: Right,
    *,
    unit_id: UUID | None = None,
    dossier_id: UUID | None = None,
    involved_staff_ids: Collection[UUID] = (),
    municipality_id: int | None = None,
) -> None:
    """Raise RefusedError unless `may` says yes to the same question."""
    if not may(
        actor,
        right,
        unit_id=unit_id,
        dossier_id=dossier_id,
        involved_staff_ids=involved_staff_ids,
        municipality_id=municipality_id,
    ):
        raise RefusedError(right=right.value)


def units_with(actor: Actor, right: Right) -> frozenset[UUID]:
    """Return the units whose cases the actor may touch with this right; for filters of lists.

    A right that reaches over the whole town answers with the actor's own units as well: lists
    of cases never show more than the units somebody works in.
    """
    grant = TABLE.get(right)
    if grant is None or actor.kind != "staff" or actor.municipality_id is None:
        return frozenset()
    held = actor.roles & (grant.unit_roles | grant.town_roles)
    return actor.unit_ids if held and actor.staff_id is not None else frozenset()


def holds(actor: Actor, right: Right) -> bool:
    """Tell whether the actor has this right anywhere; for menus only, never as the check itself."""
    grant = TABLE.get(right)
    if grant is None or actor.municipality_id is None:
        return False
    if actor.kind == "system":
        return grant.system
    if actor.kind == "citizen":
        return grant.citizen and bool(actor.dossier_ids)
    if actor.kind != "staff" or actor.staff_id is None:
        return False
    if actor.roles & grant.town_roles:
        return True
    return bool(actor.roles & grant.unit_roles) and bool(actor.unit_ids)
