"""Typesetting (Satz) with typst: notices, receipts and letters as accessible, lasting PDF."""

from gemeinwerk.connectors.typesetting.fonts import font_directory
from gemeinwerk.connectors.typesetting.letters import (
    Info,
    Letter,
    Letterhead,
    NoticeLetter,
    PaperForm,
    ReceiptCopy,
    Row,
    Section,
    svg_of_png,
)
from gemeinwerk.connectors.typesetting.typesetter import LetterRefusedError, Typesetter

__all__ = [
    "Info",
    "Letter",
    "LetterRefusedError",
    "Letterhead",
    "NoticeLetter",
    "PaperForm",
    "ReceiptCopy",
    "Row",
    "Section",
    "Typesetter",
    "font_directory",
    "svg_of_png",
]
