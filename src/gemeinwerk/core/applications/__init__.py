"""Applications (Anträge): drafts, submission, readable codes and what the receipt promises."""

from gemeinwerk.core.applications.codes import (
    ALPHABET,
    AccessCodeError,
    CaseNumberError,
    RandomBelow,
    new_access_code,
    new_case_number,
    normalise_access_code,
    normalise_case_number,
)
from gemeinwerk.core.applications.drafts import (
    DRAFT_DAYS,
    NOTICE_DAYS_BEFORE,
    DraftLife,
    draft_life,
)
from gemeinwerk.core.applications.receipts import (
    AwaitedEvidence,
    MissingItem,
    ReceiptPromise,
    receipt_promise,
)

__all__ = [
    "ALPHABET",
    "DRAFT_DAYS",
    "NOTICE_DAYS_BEFORE",
    "AccessCodeError",
    "AwaitedEvidence",
    "CaseNumberError",
    "DraftLife",
    "MissingItem",
    "RandomBelow",
    "ReceiptPromise",
    "draft_life",
    "new_access_code",
    "new_case_number",
    "normalise_access_code",
    "normalise_case_number",
    "receipt_promise",
]
