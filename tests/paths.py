"""Where tests find things outside the package: the repository and the standards data."""

from __future__ import annotations

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
CONTENT = REPOSITORY / "content"
STANDARDS = Path(
    os.environ.get("GEMEINWERK_STANDARDS") or REPOSITORY.parent / "shared" / "standards"
)
