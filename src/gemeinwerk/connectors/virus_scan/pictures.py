"""Pictures: decoded whole, with a limit on pixels, so that nothing is only said to be one (S40)."""

from __future__ import annotations

import io
import warnings
import zipfile

import pillow_heif
from PIL import Image

from gemeinwerk.connectors.virus_scan.verdict import RefusedContentError

MAX_PIXELS = 60_000_000  # a good phone makes 50 million
MAX_FRAMES = 20
_FORMATS = {"png": "PNG", "jpeg": "JPEG", "heic": "HEIF"}
# A picture that is at the same time a page for a browser.
_MARKUP = (b"<script", b"<html", b"<!doctype html", b"<svg", b"<?php")

pillow_heif.register_heif_opener()


def check(kind: str, data: bytes) -> None:
    """Raise RefusedContentError with a code unless the picture decodes to its last row."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise RefusedContentError("file.archive")
    if any(sign in data.lower() for sign in _MARKUP):
        raise RefusedContentError("file.markup")
    if kind == "png" and not data.endswith(b"IEND\xaeB`\x82"):
        raise RefusedContentError("file.unreadable")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            _decode(kind, data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedContentError("file.too_many_pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError, OverflowError):
        raise RefusedContentError("file.unreadable") from None


def _decode(kind: str, data: bytes) -> None:
    with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise RefusedContentError("file.too_many_pixels")
        if getattr(picture, "n_frames", 1) > MAX_FRAMES:
            raise RefusedContentError("file.too_many_pages")
        picture.load()
