"""What people add to a package made from a schema (Ergänzungen) before a town may publish it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from gemeinwerk.core.decisions import NoticeTemplate, Outcome, TextBlock
from gemeinwerk.core.fees import FeeLine, FeeRule
from gemeinwerk.core.packages.model import (
    IdentityLevel,
    LegalBasis,
    Package,
    Parameter,
    Privacy,
    Retention,
    Texts,
)

FeeKind = Literal["on_request", "none", "fixed"]

FEE, FEE_NORM = "fee", "fee_norm"
"""Parameters of a fixed fee: the town sets both with a day, so amounts change by date only."""


@dataclass(frozen=True, slots=True)
class Additions:
    """What a schema cannot know (Ergänzungen); "", () and None leave a point open.

    The amount of a fixed fee is no part of it: it is a dated value of the town (`FEE`).
    """

    title: str = ""
    summary: str = ""
    life_situation: str = ""
    keywords: tuple[str, ...] = ()
    usual_days: int | None = None
    identity_level: IdentityLevel = "none"
    identity_reason: str = ""
    legal_bases: tuple[str, ...] = ()
    fee: FeeKind = "on_request"
    purpose: str = ""
    privacy_basis: str = ""
    data_categories: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    retention_years: int | None = None
    retention_reason: str = ""
    retention_norm: str = ""


def complete(package: Package, additions: Additions) -> Package:
    """Return the package with what was added; what is still open stays as the schema gave it."""
    name = additions.title or package.name
    privacy = Privacy(
        purpose=additions.purpose,
        legal_basis=additions.privacy_basis,
        data_categories=additions.data_categories,
        recipients=additions.recipients,
    )
    return replace(
        package,
        name=name,
        texts=_texts(package.texts, additions, name),
        life_situation=additions.life_situation,
        keywords=additions.keywords or package.keywords,
        usual_days=additions.usual_days,
        identity_level=additions.identity_level,
        identity_reason=additions.identity_reason,
        legal_bases=_legal_bases(package.legal_bases, additions.legal_bases),
        privacy=privacy,
        retention=Retention(
            years=additions.retention_years,
            reason=additions.retention_reason,
            norm=additions.retention_norm,
        ),
        fee=_FEES[additions.fee],
        fee_on_request=additions.fee == "on_request",
        parameters=_PARAMETERS if additions.fee == "fixed" else (),
        notice=_notice(package.notice, additions.fee),
    )


def additions_of(package: Package) -> Additions:
    """Return what `complete` would have to add for this package; for a service already live."""
    fee: FeeKind = "on_request" if package.fee_on_request else "none"
    privacy, retention = package.privacy, package.retention
    return Additions(
        title=package.name,
        summary=package.texts.summary,
        life_situation=package.life_situation,
        keywords=package.keywords,
        usual_days=package.usual_days,
        identity_level=package.identity_level,
        identity_reason=package.identity_reason,
        legal_bases=tuple(basis.norm for basis in package.legal_bases),
        fee="fixed" if package.fee.lines else fee,
        purpose=privacy.purpose if privacy else "",
        privacy_basis=privacy.legal_basis if privacy else "",
        data_categories=privacy.data_categories if privacy else (),
        recipients=privacy.recipients if privacy else (),
        retention_years=retention.years,
        retention_reason=retention.reason,
        retention_norm=retention.norm,
    )


_PARAMETERS = (
    Parameter(name=FEE, kind="money", label="Gebühr", unit="EUR", minimum=0),
    Parameter(name=FEE_NORM, kind="text", label="Norm der Gebühr"),
)
_FEES = {
    "on_request": FeeRule(note="Gebühr nach Auskunft"),
    "none": FeeRule(note="gebührenfrei"),
    "fixed": FeeRule(
        lines=(
            FeeLine(
                key=FEE,
                label="Gebühr",
                amount=f"param.{FEE}",
                condition='outcome != "refuse"',
                norm_from=f"param.{FEE_NORM}",
            ),
        )
    ),
}
_COSTS = {
    "on_request": "Gebühr nach Auskunft",
    "none": "Gebührenfrei",
    "fixed": f"{{param.{FEE}}} ({{param.{FEE_NORM}}})",
}
_FREE = "Für diese Entscheidung erheben wir keine Gebühr."
_FEE_BLOCKS = {
    "on_request": (),
    "none": (TextBlock(id="free", kind="fee", text=_FREE),),
    "fixed": (TextBlock(id="refusal_free", kind="fee", outcomes=(Outcome.REFUSE,), text=_FREE),),
}


def _texts(texts: Texts, additions: Additions, name: str) -> Texts:
    return replace(
        texts,
        title=name,
        summary=additions.summary or texts.summary,
        cost=_COSTS[additions.fee],
    )


def _legal_bases(known: tuple[LegalBasis, ...], wanted: tuple[str, ...]) -> tuple[LegalBasis, ...]:
    """Return the bases the author names, with the link of the schema where it gives one."""
    if not wanted:
        return known
    by_norm = {basis.norm: basis for basis in known}
    return tuple(by_norm.get(norm, LegalBasis(norm=norm)) for norm in wanted)


def _notice(notice: NoticeTemplate, fee: FeeKind) -> NoticeTemplate:
    if fee == "on_request":
        return notice
    others = tuple(block for block in notice.blocks if block.kind != "fee")
    return replace(notice, blocks=(*others, *_FEE_BLOCKS[fee]))
