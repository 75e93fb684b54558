"""Verbs of applications (Anträge), from the first page to the receipt."""

from gemeinwerk.apps.applications.actions.bringing import bring, counts_of
from gemeinwerk.apps.applications.actions.drafts import (
    SavedPage,
    ask_for_link,
    discard,
    fill_page,
    keep_typed,
    new_code_for_status,
    open_with_code,
    save_page,
    show_code,
    start,
)
from gemeinwerk.apps.applications.actions.evidence import (
    add_later,
    remove_file,
    say_follows,
    upload,
)
from gemeinwerk.apps.applications.actions.expiry import expire_drafts, warn_of_expiry
from gemeinwerk.apps.applications.actions.intake import Receipt, Sent, receive
from gemeinwerk.apps.applications.actions.people import (
    SavedPart,
    code_for_person,
    decline_part,
    fill_part,
    finish_part,
    invite,
    open_part,
    remind,
    remind_people,
    reopen_part,
)
from gemeinwerk.apps.applications.actions.submission import (
    frozen_content,
    mark_reconciled,
    submit,
)

__all__ = [
    "Receipt",
    "SavedPage",
    "SavedPart",
    "Sent",
    "add_later",
    "ask_for_link",
    "bring",
    "code_for_person",
    "counts_of",
    "decline_part",
    "discard",
    "expire_drafts",
    "fill_page",
    "fill_part",
    "finish_part",
    "frozen_content",
    "invite",
    "keep_typed",
    "mark_reconciled",
    "new_code_for_status",
    "open_part",
    "open_with_code",
    "receive",
    "remind",
    "remind_people",
    "remove_file",
    "reopen_part",
    "save_page",
    "say_follows",
    "show_code",
    "start",
    "submit",
    "upload",
    "warn_of_expiry",
]
