"""Reads the packages of the repository into the mapping that `load_package` takes."""

from functools import cache

from tests.paths import CONTENT

SHIPPED = ("dog-tax-registration", "resident-parking", "special-use-permit", "tree-felling")


def blocks() -> dict[str, bytes]:
    return {f"blocks/{path.name}": path.read_bytes() for path in CONTENT.glob("blocks/*.toml")}


@cache
def _folder(key: str) -> dict[str, bytes]:
    base = CONTENT / "packages" / key
    own = {
        path.relative_to(base).as_posix(): path.read_bytes()
        for path in base.rglob("*")
        if path.is_file()
    }
    return {**own, **blocks()}


def folder(key: str, **changes: tuple[str, str]) -> dict[str, bytes]:
    """Return the files of a package; `manifest=("old", "new")` changes manifest.toml."""
    files = dict(_folder(key))
    for name, (old, new) in changes.items():
        file = f"{name}.toml"
        text = files[file].decode()
        if old not in text:
            raise ValueError(f"{file} does not hold {old!r}")
        files[file] = text.replace(old, new).encode()
    return files
