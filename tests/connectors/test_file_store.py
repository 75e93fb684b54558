"""The file store: written once, found, deleted; nothing else becomes a path."""

from __future__ import annotations

from pathlib import Path

import pytest

from gemeinwerk.connectors.file_store import BlobMissingError, FileStore

NAME = "ab" * 20


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def test_what_was_put_is_found_by_another_process(store: FileStore, tmp_path: Path) -> None:
    store.put(NAME, b"sealed bytes")
    assert FileStore(tmp_path / "files").get(NAME) == b"sealed bytes"
    assert list(store.names()) == [NAME]
    [file] = (tmp_path / "files").glob("*/*")
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_name_is_used_only_once(store: FileStore) -> None:
    store.put(NAME, b"first")
    with pytest.raises(FileExistsError):
        store.put(NAME, b"second")
    assert store.get(NAME) == b"first"
    assert list(store.names()) == [NAME]


def test_deleting_twice_does_no_harm(store: FileStore) -> None:
    store.put(NAME, b"")
    store.delete(NAME)
    store.delete(NAME)
    with pytest.raises(BlobMissingError):
        store.get(NAME)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "AB" * 20, "ab/" + NAME, NAME + "\0"])
def test_other_names_are_refused(store: FileStore, name: str) -> None:
    for verb in (store.get, store.delete, lambda name: store.put(name, b"")):
        with pytest.raises(ValueError, match="not a name"):
            verb(name)


def test_a_write_that_was_cut_off_is_not_listed(store: FileStore, tmp_path: Path) -> None:
    store.put(NAME, b"whole")
    (tmp_path / "files" / "ab" / f".{NAME}.0123").write_bytes(b"ha")
    assert list(store.names()) == [NAME]
