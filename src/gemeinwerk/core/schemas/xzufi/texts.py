"""The text modules of a service description (Textmodule), by what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gemeinwerk.core.schemas.xzufi.messages import Service

# the sixteen modules of the LeiKa: code -> what the module is called among editors
TEXT_MODULES: Mapping[str, str] = {
    "02": "Leistungsbezeichnung",
    "03": "Leistungsbezeichnung II",
    "05": "Kurztext",
    "06": "Volltext",
    "07": "Handlungsgrundlage(n)",
    "08": "Erforderliche Unterlagen",
    "09": "Voraussetzungen",
    "11": "Verfahrensablauf",
    "14": "Formulare",
    "15": "Weiterführende Informationen",
    "16": "Hinweise",
    "18": "Urheber",
    "22": "Zuständige Stelle",
    "23": "Ansprechpunkt",
    "24": "Teaser",
    "25": "Rechtsbehelf",
}


@dataclass(frozen=True, slots=True)
class ServiceText:
    """One text module in one language (Textmodul); `html` is foreign: show `safe_html(html)`."""

    code: str
    title: str
    html: str
    language: str


def texts_of(service: Service, *, language: str = "de") -> tuple[ServiceText, ...]:
    """Return the texts in a language ("de" takes "de-DE", too), in the order of the file."""
    found = []
    for module in service.modul_text:
        code = module.leika_textmodul.code
        named = [
            text.value for text in module.leika_textmodul_abweichende_bezeichnung if text.value
        ]
        title = (named or [TEXT_MODULES.get(code, code)])[0]
        for content in module.inhalt:
            if content.value and content.language_code.partition("-")[0] == language:
                found.append(ServiceText(code, title, content.value, content.language_code))
    return tuple(found)


def title_of(service: Service) -> str:
    """Return the name of the service: the one for citizens, else the official one, else its id."""
    texts = {text.code: text.html for text in texts_of(service)}
    return texts.get("03") or texts.get("02") or service.id.value
