"""Django's settings under test: mode "test", with data in a folder of the temporary root."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

_MARK = hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:8]
# One folder per checkout: its database cluster and migrated template serve many runs.
TEST_DATA = Path(tempfile.gettempdir()) / f"gemeinwerk-test-{os.getuid()}-{_MARK}"

os.environ["GEMEINWERK_MODE"] = "test"
os.environ["GEMEINWERK_ROLE"] = "web"
os.environ["GEMEINWERK_DATA"] = str(TEST_DATA)
os.environ.pop("DATABASE_URL", None)

from gemeinwerk.project.settings import *  # noqa: E402, F403  # after the environment is set

STRICT_SENTENCES = True  # a missing sentence fails the test
