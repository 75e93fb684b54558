"""The table of formats that `gemeinwerk schema roundtrip` knows; a new one is a line here."""

from __future__ import annotations

from gemeinwerk.core import schemas

FORMATS: tuple[schemas.Format, ...] = (*schemas.FORMATS,)
