"""The form on paper (Papierformular): empty for everybody, filled for the owner of a draft."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from gemeinwerk.apps import ports
from gemeinwerk.apps.applications.queries import DraftView
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.catalogue.models import Offer
from gemeinwerk.apps.municipalities.models import Municipality
from gemeinwerk.apps.notices.letters import letterhead
from gemeinwerk.core.forms.exports import paper_evidence, paper_sections
from gemeinwerk.core.packages import APPLICANT, readable_answers
from gemeinwerk.web.ui.request import today


def empty_pdf(town: Municipality, offer: Offer) -> bytes:
    """Return the empty form of a published service, from memory after first use."""
    return _empty(catalogue.live_version_id(offer), offer.slug, letterhead(town))


@lru_cache(maxsize=64)
def _empty(version_id: UUID, slug: str, head: ports.Letterhead) -> bytes:
    package = catalogue.package_of(version_id)
    return ports.typesetter().paper(
        ports.PaperForm(
            letterhead=head,
            title=package.texts.title or package.name,
            service=slug,
            version=package.form.version,
            sections=paper_sections(package.form),
            evidence=paper_evidence(package.form.evidence),
            declaration=package.texts.declaration,
            return_to=head.return_line,
        )
    )


def filled_pdf(town: Municipality, view: DraftView) -> bytes:
    """Return what a draft holds so far, on paper; in German like all the office reads."""
    version = catalogue.offer_version(view.row.offer_version_id)
    package = catalogue.package_of(version.id)
    head = letterhead(town)
    answers = view.form.effective(view.answers, today=today())
    return ports.typesetter().paper(
        ports.PaperForm(
            letterhead=head,
            title=package.texts.title or package.name,
            service=version.offer.slug,
            version=package.form.version,
            sections=paper_sections(package.form, readable_answers(package, APPLICANT, answers)),
            evidence=paper_evidence(view.form.evidence(view.answers, today=today())),
            declaration=package.texts.declaration,
            return_to=head.return_line,
            application=view.id,
            printed_on=today(),
        )
    )
