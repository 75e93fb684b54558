"""Places on the map as text: a point or the corners of an area (Lage, Fläche).

A point is typed as latitude and longitude ("51,8667 12,6433") or as easting and northing of
ETRS89/UTM zone 32 or 33 ("32 712345 5748123"). The canonical form is latitude and longitude in
degrees with six places (about a hand's breadth): "51.866700,12.643300"; the corners of an area
are parted by ";". No map of a third party is loaded for it.
"""

from __future__ import annotations

import math
import re

_DEGREES = re.compile(
    r"([0-9]{1,2}(?:[.,][0-9]{1,10})?) ?°?(?: ?N)?[ ;,]+"
    r"([0-9]{1,2}(?:[.,][0-9]{1,10})?) ?°?(?: ?[EO])?"
)
_METRES = re.compile(
    r"(?:(3[123]) ?[A-Z]?[ ,;]+)?(?:E ?)?(3[123])?([0-9]{6})(?:[.,][0-9]{1,3})?[ ,;]+"
    r"(?:N ?)?([0-9]{7})(?:[.,][0-9]{1,3})?"
)
_CORNERS = re.compile(r"[;\n]+")
MOST_CORNERS = 100
_SOUTH, _NORTH, _WEST, _EAST = 46.0, 56.0, 5.0, 16.0

# GRS 80 and the Krüger series for the way back from UTM.
_A, _F, _SCALE = 6378137.0, 1 / 298.257222101, 0.9996
_N = _F / (2 - _F)
_RADIUS = _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BETA = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96,
    _N**2 / 48 + _N**3 / 15,
    17 * _N**3 / 480,
)
_DELTA = (2 * _N - 2 * _N**2 / 3 - 2 * _N**3, 7 * _N**2 / 3 - 8 * _N**3 / 5, 56 * _N**3 / 15)


def point(value: str) -> str | None:
    """Return the canonical point of a typed one in or near Germany."""
    text = " ".join(value.split())
    if found := _METRES.fullmatch(text):
        zone = int(found[1] or found[2] or 32)
        return _written(*from_utm(zone, int(found[3]), int(found[4])))
    if found := _DEGREES.fullmatch(text):
        return _written(float(found[1].replace(",", ".")), float(found[2].replace(",", ".")))
    return None


def area(value: str) -> str | None:
    """Return the canonical corners of a typed area: one point per line, at least three."""
    lines = [line for line in _CORNERS.split(value) if line.strip()]
    if not 3 <= len(lines) <= MOST_CORNERS:
        return None
    corners = [point(line.strip()) for line in lines]
    found = [corner for corner in corners if corner]
    if len(found) > 3 and found[0] == found[-1]:
        found.pop()
    return ";".join(found) if len(corners) == len(lines) and None not in corners else None


def _written(latitude: float, longitude: float) -> str | None:
    if not (_SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST):
        return None
    return f"{latitude:.6f},{longitude:.6f}"


def from_utm(zone: int, easting: float, northing: float) -> tuple[float, float]:
    """Return latitude and longitude in degrees of ETRS89/UTM (error below a millimetre)."""
    xi = northing / (_SCALE * _RADIUS)
    eta = (easting - 500_000) / (_SCALE * _RADIUS)
    terms = tuple(enumerate(_BETA, start=1))
    north = xi - sum(b * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, b in terms)
    east = eta - sum(b * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, b in terms)
    chi = math.asin(math.sin(north) / math.cosh(east))
    latitude = chi + sum(d * math.sin(2 * j * chi) for j, d in enumerate(_DELTA, start=1))
    middle = zone * 6 - 183
    longitude = middle + math.degrees(math.atan2(math.sinh(east), math.cos(north)))
    return math.degrees(latitude), longitude


def shown_place(answer: str) -> str:
    """Return what people read: "51,866700° N, 12,643300° O"; corners one after the other."""
    return "; ".join(_shown(one) for one in answer.split(";"))


def _shown(one: str) -> str:
    latitude, comma, longitude = one.partition(",")
    if not comma:
        return one
    return f"{latitude.replace('.', ',')}° N, {longitude.replace('.', ',')}° O"


def typed_place(answer: str) -> str:
    """Return the answer as it is typed: one point per line, German commas."""
    return "\n".join(one.replace(",", " ").replace(".", ",") for one in answer.split(";"))
