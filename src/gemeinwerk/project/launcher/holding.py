"""Who uses the embedded server: started by the first process, stopped by the last one."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Callable, Iterator
from typing import IO

from gemeinwerk.project.launcher.errors import LauncherError
from gemeinwerk.project.launcher.locks import open_lock
from gemeinwerk.project.launcher.postgres import Cluster


class Holding:
    """A share in the running server, kept by a file lock that dies with the process."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        cluster.data.mkdir(mode=0o711, parents=True, exist_ok=True)
        self._users: IO[str] = open_lock(cluster.data / "database.users")

    def enter(self, prepare: Callable[[], None] | None = None) -> None:
        """Join the users; the first one starts the server. `prepare` runs while others wait."""
        with self._alone():
            fcntl.flock(self._users, fcntl.LOCK_SH)
            if not self.cluster.is_running():
                self.cluster.start(detached=True)
            if prepare is not None:
                prepare()

    def enter_first(self) -> None:
        """Join as the supervisor, who restarts the server; refused while a command uses it."""
        with self._alone():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LauncherError(
                    f"Ein anderer gemeinwerk-Befehl arbeitet gerade mit {self.cluster.data}. "
                    "Warten Sie, bis er fertig ist.",
                    f"Another gemeinwerk command is working in {self.cluster.data}. Wait for it.",
                ) from None
            self.cluster.start()
            fcntl.flock(self._users, fcntl.LOCK_SH)

    def leave(self) -> None:
        """Leave; the last one stops the server."""
        with self._alone():
            fcntl.flock(self._users, fcntl.LOCK_UN)
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.cluster.stop()
        self._users.close()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with open_lock(self.cluster.data / "database.start") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
