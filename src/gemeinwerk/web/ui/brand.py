"""The town's colour (Hausfarbe) as a stylesheet that keeps every text readable (WCAG 2.1 AA)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gemeinwerk.core.kernel import DomainError

Colour = tuple[int, int, int]

DEFAULT = "#1a3da5"
"""The blue of the design system; for pages without a town."""

CRESTS = ("linde", "fluss", "berg", "turm", "rad", "aehre")
"""Figures a town without a logo may choose for its shield (`brand.crest`)."""

READABLE = 4.5
"""Least contrast of text (WCAG 1.4.3)."""

_SPARE = 5.3  # links also stand on tinted surfaces and hover colours, which cost contrast
_WHITE: Colour = (255, 255, 255)
_BLACK: Colour = (0, 0, 0)
_INK: Colour = (19, 21, 37)
_NIGHT: Colour = (11, 13, 24)
_LIGHT_SURFACE: Colour = (244, 245, 248)
_DARK_SURFACE: Colour = (29, 32, 52)
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")


class ColourUnreadableError(DomainError):
    """What was given is no colour of the form #RRGGBB (Farbe unlesbar)."""

    code = "brand.colour_unreadable"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours "#rrggbb", 1.0 (none) to 21.0 (WCAG 2.1)."""
    return _contrast(_parsed(one), _parsed(other))


def text_on(colour: str) -> str:
    """Return the text colour, white or near black, that reads better on this colour."""
    ground = _parsed(colour)
    return _hex(max((_WHITE, _INK), key=lambda text: _contrast(ground, text)))


def brand_of(town: object) -> Mapping[str, object] | None:
    """Return the brand of a town given as row, as dict, or not at all."""
    return town.get("brand") if isinstance(town, Mapping) else getattr(town, "brand", None)


def brand_css(brand: Mapping[str, object] | None) -> str:
    """Return the stylesheet of a town: `colour` and, if it is readable on it, `colour_text`.

    Whatever colour the town chose, links and buttons get the nearest shade of it that can be
    read on light and on dark pages. A value that is no colour falls back to the default.
    """
    given = str((brand or {}).get("colour") or DEFAULT)
    colour = given if _HEX.fullmatch(given) else DEFAULT
    wanted = str((brand or {}).get("colour_text") or "")
    readable = _HEX.fullmatch(wanted) and contrast(colour, wanted) >= READABLE
    on_colour = wanted if readable else text_on(colour)
    chosen = _parsed(colour)
    light_soft, dark_soft = _mixed(chosen, _WHITE, 0.92), _mixed(chosen, _NIGHT, 0.84)
    light = _toward(chosen, _BLACK, against=(_LIGHT_SURFACE, light_soft))
    dark = _toward(chosen, _WHITE, against=(_DARK_SURFACE, dark_soft))
    return (
        f":root{{--gw-brand:{_hex(chosen)};--gw-on-brand:{on_colour}}}\n"
        + _both("light", _tokens(light, _WHITE, light_soft))
        + _both("dark", _tokens(dark, _NIGHT, dark_soft))
    )


@require_safe
def brand_stylesheet(request: HttpRequest) -> HttpResponse:
    """Answer `/marke.css` for the town in `request.page`; the address carries a version."""
    look = brand_of(getattr(request, "page", {}).get("town"))
    answer = HttpResponse(brand_css(look), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def _tokens(action: Colour, on_action: Colour, soft: Colour) -> str:
    return (
        f"--kern-color-action-default:{_hex(action)};"
        f"--kern-color-action-on-default:{_hex(on_action)};"
        f"--kern-color-action-visited:{_hex(action)};"
        f"--gw-brand-soft:{_hex(soft)}"
    )


def _both(scheme: str, tokens: str) -> str:
    return (
        f"@media (prefers-color-scheme:{scheme}){{:root{{{tokens}}}}}\n"
        f"[data-kern-theme={scheme}]{{{tokens}}}\n"
    )


def _toward(colour: Colour, goal: Colour, *, against: tuple[Colour, ...]) -> Colour:
    """Return the first shade on the way to `goal` that can be read on all of `against`."""
    for step in range(51):
        shade = _mixed(colour, goal, step / 50)
        if all(_contrast(shade, ground) >= _SPARE for ground in against):
            return shade
    return goal


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _contrast(one: Colour, other: Colour) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _parsed(text: str) -> Colour:
    if not _HEX.fullmatch(text):
        raise ColourUnreadableError(colour=text[:20])
    digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
