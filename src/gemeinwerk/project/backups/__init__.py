"""Backups (Datensicherung): make one, lay one back, prove that it is whole (S66).

A backup is a folder with `database.dump`, `files/` and `manifest.json`. Keys never lie in it:

    <folder>            database, sealed files, tombstones
    <folder>-keys       wrapped dossier keys; the keys of the towns only if asked for

Keep the two apart, and of the keys only the newest copy: what was shredded since an older copy
was made must not come back. Restore therefore joins the tombstones of the backup with those of
the live key store (`--tombstones`), and a tombstone always wins (S72).
"""

from gemeinwerk.project.backups.making import make
from gemeinwerk.project.backups.manifest import Manifest
from gemeinwerk.project.backups.restoring import restore

STAMP = "backup.made"
"""A file in the data folder; its age is that of the last backup."""

__all__ = ["STAMP", "Manifest", "make", "restore"]
