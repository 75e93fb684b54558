"""Pages every town owes: imprint, privacy, accessibility with its feedback way (R31, R36)."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.identity import limits
from gemeinwerk.apps.mailbox import actions as mailbox
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Show who is responsible for these pages."""
    return render(request, "portal/imprint.html", {"legal": cast(PageRequest, request).here.legal})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show controller, officer, rights, and for each service purpose, basis and recipients."""
    page = cast(PageRequest, request)
    packages = [
        catalogue.package_of(catalogue.live_version_id(offer), language=page.language)
        for offer in catalogue.live_offers()
    ]
    services = [
        {"title": package.name, "privacy": package.privacy, "retention": package.retention}
        for package in packages
        if package.privacy
    ]
    return render(request, "portal/privacy.html", {"legal": page.here.legal, "services": services})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    legal = cast(PageRequest, request).here.legal
    return render(request, "portal/accessibility.html", {"legal": legal})


@require_http_methods(["GET", "HEAD", "POST"])
def report_barrier(request: HttpRequest) -> HttpResponse:
    """Take a report of a barrier; the town answers within a month (R36)."""
    page = cast(PageRequest, request)
    text = request.POST.get("text", "").strip()[:5000]
    email = request.POST.get("email", "").strip()[:254]
    failed = request.method == "POST" and not text
    if request.method != "POST" or failed:
        context = {"text": text, "email": email, "failed": failed}
        return render(request, "portal/report_barrier.html", context, 422 if failed else 200)
    limits.reserve_report(page.net, now=now())
    mailbox.mail(
        subject=None,
        template="barrier_reported",
        recipient=str(page.here.contact.get("email", "")),
        fields={"text": text, "email": email or "-"},
        now=now(),
    )
    return render(request, "portal/barrier_reported.html", {})
