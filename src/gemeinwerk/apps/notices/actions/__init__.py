"""Verbs of notices (Bescheide): draft, preview, propose, confirm, send back, deliver.

There is no verb "issue" of its own: `propose` issues at once where no second person is needed,
`confirm` does where one is, `decide_automatically` where a machine may.
"""

from gemeinwerk.apps.notices.actions.archiving import answer, export, hand_over
from gemeinwerk.apps.notices.actions.automatic import decide_automatically
from gemeinwerk.apps.notices.actions.deciding import (
    confirm,
    draft,
    preview,
    propose,
    send_back,
)
from gemeinwerk.apps.notices.actions.delivering import (
    begin_download_period,
    lapse_downloads,
    mark_printed,
    retrieve,
)
from gemeinwerk.apps.notices.actions.disposal import dispose_of_due, shred_case

__all__ = [
    "answer",
    "begin_download_period",
    "confirm",
    "decide_automatically",
    "dispose_of_due",
    "draft",
    "export",
    "hand_over",
    "lapse_downloads",
    "mark_printed",
    "preview",
    "propose",
    "retrieve",
    "send_back",
    "shred_case",
]
