"""The built-in structural check (Strukturprüfung, S40): finds what is not passive, no viruses.

The demo uses it alone and says so; production puts a real scanner behind it (S41).
"""

from __future__ import annotations

from gemeinwerk.connectors.virus_scan import kinds, office, pdf, pictures
from gemeinwerk.connectors.virus_scan.verdict import RefusedContentError, Verdict


class StructuralScanner:
    """Parses the whole file with limits and refuses active content."""

    name = "structural"

    def scan(self, data: bytes, accepts: tuple[str, ...]) -> Verdict:
        """Return "clean" with the media type, or "refused" with a code."""
        if not data.strip(b"\0\r\n\t "):
            return Verdict("refused", "file.empty")
        kind = kinds.kind_of(data)
        if not kind:
            return Verdict("refused", kinds.why_unknown(data))
        if kind not in kinds.accepted(accepts):
            return Verdict("refused", "file.kind_not_allowed", kinds.MEDIA_TYPES[kind])
        try:
            if kind == "pdf":
                pdf.check(data)
            elif kind in ("docx", "xlsx", "odt"):
                office.check(kind, data)
            else:
                pictures.check(kind, data)
        except RefusedContentError as refused:
            return Verdict("refused", str(refused), kinds.MEDIA_TYPES[kind])
        except Exception:
            # S82: whatever a parser stumbles over, the file is not let in.
            return Verdict("refused", "file.unreadable", kinds.MEDIA_TYPES[kind])
        return Verdict("clean", media_type=kinds.MEDIA_TYPES[kind])
