"""What questions on German forms are about (Thema), told by their words; no model, only a table.

Only questions about the applicant herself count as known: "Name" is, "Name des Hundes" is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gemeinwerk.core.paper.model import QuestionKind

_PERSON, _ADDRESS, _CONTACT = "G99000011", "G99000012", "G99000013"
FAMILY_NAME, GIVEN_NAMES = f"{_PERSON}.F99000101", f"{_PERSON}.F99000102"
BIRTH_DATE = f"{_PERSON}.F99000103"
STREET, HOUSE_NUMBER = f"{_ADDRESS}.F99000111", f"{_ADDRESS}.F99000112"
ADDITION = f"{_ADDRESS}.F99000113"
POSTAL_CODE, TOWN = f"{_ADDRESS}.F99000114", f"{_ADDRESS}.F99000115"
HOLDER, IBAN = "G99000016.F99000161", "G99000016.F99000162"
EMAIL, PHONE = f"{_CONTACT}.F99000121", f"{_CONTACT}.F99000122"

RESIDENTS = "Melderegister"


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that is often asked: how it is recognised and what we know about it."""

    words: str
    """Regular expression for the whole question, folded (see `folded`)."""
    kind: QuestionKind = "text"
    blocks: tuple[str, ...] = ()
    """Paths of shared blocks that ask the same."""
    register: str = ""
    """The register that knows it already."""
    needless: str = ""
    """Code of the reason why nobody has to ask it."""
    warning: str = ""
    """Code of a finding: why to think twice."""


_STREET = r"(strasse|str|anschrift strasse|wohnstrasse)"
_NUMBER = r"(haus ?(nummer|nr)|nr|nummer)"
_CODE = r"(plz|postleitzahl)"
_TOWN = r"(ort|wohnort|stadt|gemeinde)"
_FAMILY = r"(name|nachname|familienname|zuname)"
_GIVEN = r"(vornamen?|vorname n)"
_PHONE = r"(telefon|tel|mobil|handy|rufnummer|mobilnummer|telefonnummer|handynummer|telefon ?nr)"

TOPICS: tuple[Topic, ...] = (
    Topic(r"(nur )?(vom amt|von der behorde|von der verwaltung|durch die behorde)\b.*|"
          r"(eingangsstempel|bearbeitungsvermerke?|sachbearbeiter(in)?|eingangsdatum|aktenzeichen)",
          needless="paper.needless_office"),
    Topic(r"(ort )?datum( und)? unterschrift.*|(eigenhandige )?unterschrift.*|unterschriften",
          kind="signature", needless="paper.needless_signature"),
    Topic(r"ort datum|datum|antragsdatum|datum des antrags|datum der antragstellung",
          kind="date", needless="paper.needless_day"),
    Topic(r"alter|lebensalter|alter in jahren", kind="integer", needless="paper.needless_age"),
    Topic(r"bic|swift|bic swift|blz|bankleitzahl|(name der )?(bank|kreditinstituts?)|geldinstitut|"
          r"(name des )?kreditinstituts", needless="paper.needless_bank"),
    Topic(r"(tele)?fax( ?(nummer|nr))?", kind="phone", needless="paper.needless_fax"),
    Topic(r".*\b(kopie|ablichtung|abschrift)\b.*\b(personal)?ausweis(es)?\b.*|"
          r".*\b(personal)?ausweiskopie\b.*", kind="evidence", needless="paper.needless_id_copy"),
    Topic(r".*\b(melde|aufenthalts|haushalts)bescheinigung\b.*", kind="evidence",
          register=RESIDENTS, needless="paper.needless_own_paper"),
    Topic(r".*\b(grundsteuer|hundesteuer|gewerbesteuer)bescheid\b.*|"
          r".*\b(kopie|nachweis)\b.*\b(gewerbeanmeldung|gewerbeschein)\b.*|"
          r"gewerbeanmeldung|gewerbeschein", kind="evidence", needless="paper.needless_own_paper"),
    Topic(rf"{_FAMILY} (und )?{_GIVEN}|{_GIVEN} (und )?{_FAMILY}",
          blocks=(FAMILY_NAME, GIVEN_NAMES)),
    Topic(_FAMILY, blocks=(FAMILY_NAME,)),
    Topic(_GIVEN, blocks=(GIVEN_NAMES,)),
    Topic(r"geburtsdatum|geburtstag|geb datum|geboren( am)?|geb( am)?|tag der geburt", kind="date",
          blocks=(BIRTH_DATE,),
          register=RESIDENTS),
    Topic(rf"{_STREET} (und )?{_NUMBER}|strassen? und hausnummer", blocks=(STREET, HOUSE_NUMBER),
          register=RESIDENTS),
    Topic(_STREET, blocks=(STREET,),
          register=RESIDENTS),
    Topic(r"haus ?(nummer|nr)", blocks=(HOUSE_NUMBER,),
          register=RESIDENTS),
    Topic(r"(adress|anschriften)zusatz|zusatz zur anschrift", blocks=(ADDITION,)),
    Topic(rf"{_CODE} (und )?{_TOWN}", blocks=(POSTAL_CODE, TOWN),
          register=RESIDENTS),
    Topic(_CODE, kind="postal_code", blocks=(POSTAL_CODE,),
          register=RESIDENTS),
    Topic(_TOWN, blocks=(TOWN,),
          register=RESIDENTS),
    Topic(r"anschrift|adresse|wohnanschrift|postanschrift|wohnadresse",
          blocks=(STREET, HOUSE_NUMBER, POSTAL_CODE, TOWN),
          register=RESIDENTS),
    Topic(r"e ?mail( adresse)?|mail( adresse)?", kind="email", blocks=(EMAIL,)),
    Topic(rf"{_PHONE}( (und |oder )?{_PHONE})*( tagsuber)?", kind="phone", blocks=(PHONE,)),
    Topic(r"iban( nummer| nr)?|kontonummer|konto ?nr|konto( iban)?", kind="iban", blocks=(IBAN,)),
    Topic(r"bankverbindung|kontoverbindung|(ihre )?bankdaten", kind="iban", blocks=(HOLDER, IBAN)),
    Topic(r"kontoinhaber(in)?( in)?|name (auf|zu) dem konto", blocks=(HOLDER,)),
    Topic(r"geburtsname|geburtsort|familienstand|geschlecht|einzugsdatum|tag des einzugs|"
          r"(fruhere|vorherige|bisherige) (anschrift|wohnung|adresse)|"
          r"(personal)?ausweis ?(nummer|nr)|staatsangehorigkeit(en)?|nationalitat",
          register=RESIDENTS),
    Topic(r"religion(szugehorigkeit)?|konfession|bekenntnis", register=RESIDENTS,
          warning="paper.special_data"),
    Topic(r".*\b(diagnose|erkrankung(en)?|krankheit(en)?|gesundheitszustand|behinderung(en)?|"
          r"gewerkschaft.*|parteizugehorigkeit|ethnische herkunft)\b.*",
          warning="paper.special_data"),
    Topic(r".*\b(steuer ?(id|identifikationsnummer)|sozialversicherungs ?nummer)\b.*",
          warning="paper.number_needs_law"),
)  # fmt: skip

_SELF = re.compile(
    r"\b(des|der|die|vom|von|ihre?|ihres|mein|meine)\b\s*|"
    r"\b(antragstellers?|antragstellerin|antragstellenden?|antragsteller in|person|mieters?)\b"
)
_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_COMPILED = tuple((re.compile(topic.words), topic) for topic in TOPICS)


def folded(text: str) -> str:
    """Return the question in small letters without umlauts, brackets and stops."""
    plain = text.casefold().replace("ß", "ss").translate(_FOLD)
    return " ".join(re.sub(r"[^\w]+|_+", " ", plain).split())


def topic_of(text: str) -> Topic | None:
    """Return what a question is about if the table knows it."""
    whole = folded(text)
    bare = " ".join(_SELF.sub(" ", whole).split())
    for pattern, topic in _COMPILED:
        if pattern.fullmatch(whole) or (bare and pattern.fullmatch(bare)):
            return topic
    return None
