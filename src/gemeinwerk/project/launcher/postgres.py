"""The embedded PostgreSQL: initialise, start, recover after a crash, stop."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from gemeinwerk.project.environment import DatabaseAddress
from gemeinwerk.project.launcher import accounts, binaries, processes
from gemeinwerk.project.launcher.errors import LauncherError

SUPERUSER = "postgres"
PORT = 5432
# sun_path holds 108 bytes with its closing NUL.
_SOCKET_PATH_LIMIT = 107

_SETTINGS = """\
# Written at every start by the launcher; changes are lost.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0777
password_encryption = 'scram-sha-256'
max_connections = 80
shared_buffers = '128MB'
work_mem = '8MB'
maintenance_work_mem = '64MB'
effective_cache_size = '1GB'
wal_compression = on
max_wal_size = '1GB'
jit = off
timezone = 'UTC'
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
# The log must hold no personal data (S81): no statements, no values of rows.
log_statement = 'none'
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
log_line_prefix = '%m [%p] %u '
"""
_ACCESS = """\
# Written at every start by the launcher. Passwords only, over the Unix socket only.
local all all scram-sha-256
local replication all scram-sha-256
"""


# Servers that outlive this process on purpose: whoever leaves last stops them, not we.
_DETACHED: list[subprocess.Popen[bytes]] = []


class Cluster:
    """One database cluster under `<data>/postgres`, reachable by its socket only.

    `durable=False` is for tests: nothing is synced to the disk.
    """

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.data = data.resolve()
        self.durable = durable
        self.link = self.data / "postgres"
        self.account = accounts.choose(self.link)
        self.binaries = binaries.find(self.account)
        self.log = self.data / "logs" / "postgres.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def home(self) -> Path:
        """The real folder of the cluster (`<data>/postgres` may be a link to it)."""
        return self.link.resolve()

    @property
    def files(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "cluster"

    @property
    def socket_folder(self) -> Path:
        """The folder of the socket, short enough for the kernel."""
        return (self.link / "socket").resolve()

    def superuser(self, database: str = "postgres") -> DatabaseAddress:
        """Return the address of the local superuser, for set-up and backup only."""
        secret = (self.data / "secrets" / "superuser.secret").read_text().strip()
        return DatabaseAddress(str(self.socket_folder), PORT, database, SUPERUSER, secret)

    def is_running(self) -> bool:
        """Say whether a server accepts connections on the socket."""
        path = self.socket_folder / f".s.PGSQL.{PORT}"
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            try:
                probe.connect(str(path))
            except OSError:
                return False
        return True

    def start(self, *, detached: bool = False) -> subprocess.Popen[bytes]:
        """Start the server (initialise it first if new) and return when it answers.

        A leftover of an earlier, killed start is stopped first. The server dies with this
        process unless `detached`.
        """
        self._make_folders()
        if not (self.files / "PG_VERSION").exists():
            self._initialise()
        self._check_version()
        self.stop_leftovers()
        self._write_settings()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [self.binaries.path("postgres"), "-D", str(self.files)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home,
                start_new_session=True,  # Ctrl-C in the terminal reaches the supervisor only
                preexec_fn=None if detached else processes.die_with_parent(signal.SIGINT),
                **self._options(),
            )
        if detached:
            _DETACHED.append(self._process)
        self._wait_ready(self._process)
        return self._process

    def watch(self) -> bool:
        """Say whether the server that this process started still runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self, seconds: float = 3.0) -> None:
        """Stop the server: fast shutdown, then immediate, then by force; recovery repairs."""
        pids = self._postmaster()
        for how, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, 2), (signal.SIGKILL, 2)):
            if not pids:
                break
            processes.send(pids, how)
            if self._wait(pids, patience):
                break
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
        self._process = None

    def stop_leftovers(self) -> None:
        """Stop what an earlier start left behind; forget a stale `postmaster.pid`."""
        if self._postmaster():
            self.stop()
        # Back ends outlive a killed postmaster for a moment and hold its shared memory.
        orphans = processes.working_in(self.files)
        if orphans and not processes.wait_gone(orphans, 0.5):
            processes.send(orphans, signal.SIGKILL)
            processes.wait_gone(orphans, 3)
        # Nobody of ours is left, whoever has got the process ids in these files by now.
        (self.files / "postmaster.pid").unlink(missing_ok=True)
        for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
            (self.socket_folder / name).unlink(missing_ok=True)

    def _postmaster(self) -> tuple[int, ...]:
        try:
            pid = int((self.files / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return ()
        # After a reboot the number may belong to somebody else's process.
        ours = processes.alive(pid) and str(self.files) in (processes.command_of(pid) or "")
        return (pid,) if ours else ()

    def _wait(self, pids: tuple[int, ...], seconds: float) -> bool:
        if self._process is not None and self._process.pid in pids:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        return processes.wait_gone(pids, 0.1 if self._process else seconds)

    def _options(self) -> dict[str, Any]:
        clean = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
        return {"env": clean, **self.account.process_options()}

    def _make_folders(self) -> None:
        self.data.mkdir(mode=0o711, parents=True, exist_ok=True)
        for folder in (self.data / "secrets", self.log.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not self.link.exists():
            self.link.unlink(missing_ok=True)  # a link that leads nowhere
            self._make_home()
        if not (self.link / "socket").exists():
            (self.link / "socket").unlink(missing_ok=True)
            self._make_socket_folder()

    def _make_home(self) -> None:
        if self.account.can_reach(self.link):
            self.link.mkdir(mode=0o700)
        else:
            place = binaries.OPEN_PLACE / f"data-{self._mark()}"
            binaries.OPEN_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
            if place.exists():  # the data folder was deleted: its cluster goes with it
                shutil.rmtree(place)
            place.mkdir(mode=0o700)
            self.link.symlink_to(place)
        self.account.own(self.home)

    def _make_socket_folder(self) -> None:
        wanted = self.home / "socket"
        if len(os.fsencode(wanted / f".s.PGSQL.{PORT}.lock")) <= _SOCKET_PATH_LIMIT:
            wanted.mkdir(mode=0o700)
            self.account.own(wanted)
            return
        root = Path("/run") if os.access("/run", os.W_OK) else Path("/tmp")  # noqa: S108  # short
        short = root / f"gemeinwerk-{self._mark()}"
        with contextlib.suppress(FileExistsError):
            short.mkdir(mode=0o700)
            self.account.own(short)
        if short.is_symlink() or short.stat().st_uid != self.account.uid:
            raise LauncherError(
                f"{short} gehört einem anderen Konto. Wählen Sie mit --data einen kürzeren Pfad.",
                f"{short} belongs to another account. Choose a shorter path with --data.",
            )
        wanted.symlink_to(short)

    def _mark(self) -> str:
        return hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]

    def _initialise(self) -> None:
        """Run initdb beside the final place and move it there, so that no half cluster stays."""
        half = self.home / "cluster.half"
        shutil.rmtree(half, ignore_errors=True)
        secret = self.data / "secrets" / "superuser.secret"
        write_secret(secret, secrets.token_hex(32))
        handed = self.home / "superuser.handed"
        write_secret(handed, secret.read_text())
        self.account.own(handed)
        command = [self.binaries.path("initdb"), "-D", str(half), "-U", SUPERUSER]
        command += ["--auth=scram-sha-256", f"--pwfile={handed}", "--encoding=UTF8"]
        command += ["--data-checksums", "--no-instructions"]
        if self.binaries.major >= 17:  # the same order on every operating system
            command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        else:
            command += ["--locale=C.UTF-8"]
        command += [] if self.durable else ["--no-sync"]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=self.home, check=False, **self._options()
        )
        handed.unlink()
        if done.returncode != 0:
            raise LauncherError(
                f"Die Datenbank ließ sich nicht anlegen: {done.stderr.strip()}",
                f"initdb failed: {done.stderr.strip()}",
            )
        with (half / "postgresql.conf").open("a") as settings:
            settings.write("\ninclude 'gemeinwerk.conf'\n")
        half.rename(self.files)

    def _check_version(self) -> None:
        found = int((self.files / "PG_VERSION").read_text().split(".")[0])
        if found != self.binaries.major:
            raise LauncherError(
                f"Die Daten sind von PostgreSQL {found}, die Programme von "
                f"{self.binaries.major}. Spielen Sie eine Sicherung ein (gemeinwerk restore).",
                f"The data is of PostgreSQL {found}, the binaries of {self.binaries.major}. "
                "Restore a backup (gemeinwerk restore).",
            )

    def _write_settings(self) -> None:
        settings = _SETTINGS.format(
            port=PORT, socket=self.socket_folder, durable="on" if self.durable else "off"
        )
        for name, text in (("gemeinwerk.conf", settings), ("pg_hba.conf", _ACCESS)):
            path = self.files / name
            path.write_text(text)
            self.account.own(path)

    def _wait_ready(self, process: subprocess.Popen[bytes], seconds: float = 60.0) -> None:
        """Wait for `ready` in postmaster.pid; crash recovery may take its time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if process.poll() is not None:
                break
            with contextlib.suppress(OSError, IndexError):
                if (self.files / "postmaster.pid").read_text().splitlines()[7].strip() == "ready":
                    return
            time.sleep(0.01)
        tail = self.log.read_text(errors="replace").splitlines()[-5:]
        raise LauncherError(
            f"PostgreSQL startet nicht. Das Ende von {self.log}: {' / '.join(tail)}",
            f"PostgreSQL does not start. The end of {self.log} is shown above.",
        )


def write_secret(path: Path, secret: str) -> None:
    """Write a secret that only this account can read, replacing an older one at once."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(path.name + ".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
