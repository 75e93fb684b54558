"""Letters are accessible and lasting PDFs, take text as data, and say what they were given."""

import io
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pikepdf
import pypdfium2
import pytest

from gemeinwerk.connectors.typesetting import (
    Info,
    Letter,
    Letterhead,
    LetterRefusedError,
    NoticeLetter,
    PaperForm,
    ReceiptCopy,
    Row,
    Section,
    Typesetter,
    svg_of_png,
)
from gemeinwerk.core.decisions import (
    Addressee,
    AuthorityBlock,
    FeeLine,
    NoticeDraft,
    Outcome,
    Passage,
    RemedyPlace,
    remedy_notice,
)
from gemeinwerk.core.forms.exports import PaperItem, PaperSection, Tick, read_page_code
from tests.paths import STANDARDS

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
)
HEAD = Letterhead(
    town="Stadt Auenfeld",
    motto="Die Stadt am Fluss",
    colour="#1B5E8C",
    logo_svg=LOGO,
    return_line="Stadt Auenfeld · Markt 1 · 00001 Auenfeld",
    footer=("Markt 1\n00001 Auenfeld", "post@auenfeld.example"),
)
COURT = RemedyPlace("Verwaltungsgericht Musterburg", "Gerichtsplatz 2", "00002", "Musterburg")
TOWN = RemedyPlace("Stadt Auenfeld", "Markt 1", "00001", "Auenfeld")
DRAFT = NoticeDraft(
    authority=AuthorityBlock("Stadt Auenfeld"),
    addressee=Addressee(("Anna Beispiel", "Lindenweg 12", "00001 Auenfeld")),
    written_on=date(2026, 11, 23),
    case_number="2026-7K4M-92QX-F",
    title="Bescheid",
    subject="Sondernutzungserlaubnis für einen Container",
    outcome=Outcome.GRANT,
    operative=(Passage("a", "Wir erlauben den Container."), Passage("b", "Das kostet 74,50 EUR.")),
    reasons=(Passage("c", "Der Container steht auf der Straße."),),
    clauses=(Passage("d", "Halten Sie 1,50 Meter frei."), Passage("e", "Räumen Sie auf.")),
    fee_lines=(
        FeeLine("Gebühr", Decimal("54.50"), "§ 3 Satzung", date(2026, 12, 28)),
        FeeLine("Auslagen", Decimal("1020.00")),
    ),
    fee_note="Überweisen Sie auf unser Konto.",
    notes=(Passage("f", "Ein Hinweis."),),
    remedy=remedy_notice("NW", authority=TOWN, court=COURT),
    closing_name="Ben Beispiel",
    closing_role="Ordnungsamt",
)
NOTICE = NoticeLetter(
    DRAFT, HEAD, "Guten Tag Anna Beispiel,", "wir haben entschieden.", (Info("Telefon", "0000 1"),)
)
RECEIPT = ReceiptCopy(
    letterhead=HEAD,
    service="Bewohnerparkausweis",
    case_number="2026-7K4M-92QX-F",
    submitted_on=date(2026, 11, 23),
    submitted_text="Ihr Antrag ist am Montag, 23. November 2026 eingegangen.",
    next_steps=("Wir prüfen Ihre Angaben.",),
    sections=(Section("Person", (Row("Name", "Müller-Lüdenscheidt"), Row("Titel", ""))),),
    evidence=(Row("Fahrzeugschein", "folgt"),),
    declaration="Meine Angaben sind richtig.",
)
LETTER = Letter(
    letterhead=HEAD,
    addressee=("Anna Beispiel", "Lindenweg 12", "00001 Auenfeld"),
    written_on=date(2026, 11, 23),
    subject="Uns fehlen noch Unterlagen",
    paragraphs=("wir brauchen noch:",),
    items=("Fahrzeugschein",),
    closing_name="Ben Beispiel",
)


PAPER = PaperForm(
    letterhead=HEAD,
    title="Hund anmelden",
    service="hund-anmelden",
    version="1.0.0",
    sections=(
        PaperSection(
            "Angaben zum Hund",
            (
                PaperItem("heading", "Der Hund", "G99000901", wide=True, level=1),
                PaperItem("line", "Name", "F99000901", value="#panic() <Bello>"),
                PaperItem("date", "Geburtstag", "F99000902", value="03.11.2020"),
                PaperItem("digits", "Postleitzahl", "F99000903", cells=5, optional=True),
                PaperItem("iban", "IBAN", "F99000904", wide=True, cells=22),
                PaperItem("lines", "Bemerkung", "F99000905", hint="Nur ausfüllen, wenn nötig."),
                PaperItem("ticks", "Größe", "F99000906", wide=True, ticks=(Tick("Groß", True),)),
                PaperItem("declaration", "x", "F99000907", ticks=(Tick("Ich erkläre es."),)),
            ),
            help="Was wir wissen müssen.",
        ),
    ),
    evidence=(Tick("Impfausweis"),),
    declaration="Meine Angaben sind richtig.",
    return_to="Stadt Auenfeld",
    application=UUID("01890000-0000-7000-8000-000000000001"),
)


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    found = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


def _words(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", _text(pdf))


def _tags(pdf: bytes) -> list[str]:
    found: list[str] = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        waiting = [document.Root.StructTreeRoot.K]
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, pikepdf.Array):
                waiting[:0] = list(node)
            elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
                found.append(str(node.S).removeprefix("/"))
                waiting[:0] = [node.K] if "/K" in node else []
    return found


@pytest.mark.parametrize("kind", ["notice", "receipt", "letter", "paper"])
def test_every_letter_is_accessible_and_lasting(typesetter: Typesetter, kind: str) -> None:
    made = {
        "notice": lambda: typesetter.notice(NOTICE),
        "receipt": lambda: typesetter.receipt(RECEIPT),
        "letter": lambda: typesetter.letter(LETTER),
        "paper": lambda: typesetter.paper(PAPER),
    }[kind]()
    with pikepdf.open(io.BytesIO(made)) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert "/StructTreeRoot" in root
        assert str(root.Lang).startswith("de")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        xmp = root.Metadata.read_bytes().decode()
        assert "<pdfuaid:part>1<" in xmp
        assert "<pdfaid:part>3<" in xmp
        assert "<pdfaid:conformance>A<" in xmp
        assert document.docinfo["/Title"]
        assert "/Author" not in document.docinfo
        assert "/AF" not in root
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert fonts
        assert all("/ToUnicode" in font for font in fonts)
    tags = _tags(made)
    assert tags.count("H1") == 1
    assert tags.index("H1") < min((at for at, tag in enumerate(tags) if tag == "H2"), default=999)
    assert "TD" not in tags or "TH" in tags


def test_a_notice_says_everything_outcome_first(typesetter: Typesetter) -> None:
    words = _words(typesetter.notice(NOTICE))
    order = [
        "Stadt Auenfeld",
        "Anna Beispiel",
        "Sondernutzungserlaubnis für einen Container",
        "Unsere Entscheidung",
        "1. Wir erlauben den Container.",
        "Nebenbestimmungen",
        "Kosten",
        "54,50 EUR",
        "1.074,50 EUR",
        "Begründung",
        "Hinweise",
        "Rechtsbehelfsbelehrung",
        "Verwaltungsgericht Musterburg, Gerichtsplatz 2, 00002 Musterburg",
        "Ben Beispiel",
    ]
    places = [words.index(part) for part in order]
    assert places == sorted(places)
    assert "2026-7K4M-92QX-F" in words


def test_the_table_of_costs_has_header_cells_with_scope(typesetter: Typesetter) -> None:
    tags = _tags(typesetter.notice(NOTICE))
    table = tags[tags.index("Table") :]
    assert table.count("TH") == 3
    assert "THead" in table


def test_a_receipt_holds_exactly_what_was_declared(typesetter: Typesetter) -> None:
    words = _words(typesetter.receipt(RECEIPT))
    for part in ("2026-7K4M-92QX-F", "Müller-Lüdenscheidt", "nicht angegeben", "folgt", "richtig"):
        assert part in words


def test_the_address_stands_in_the_window(typesetter: Typesetter) -> None:
    document = pypdfium2.PdfDocument(typesetter.letter(LETTER))
    page = document[0]
    millimetre = 72 / 25.4
    window = (20 * millimetre, (297 - 90) * millimetre, 105 * millimetre, (297 - 45) * millimetre)
    found = page.get_textpage().get_text_bounded(*window)
    document.close()
    assert found.split() == [
        *["Stadt", "Auenfeld", "·", "Markt", "1", "·", "00001", "Auenfeld"],
        *["Anna", "Beispiel", "Lindenweg", "12", "00001", "Auenfeld"],
    ]


@pytest.mark.parametrize(
    "typed",
    [
        '#eval("1+1") #read("frame.typ") #import "x"',
        "*fett* _kursiv_ $x^2$ `roh` @ref <label> = Titel",
        "\\ ~ -- --- ... // Kommentar /* x */ [x] {x}",
        '"quotes" \\u{41} https://example.org',
        "- eins + zwei / drei: vier",
    ],
)
def test_markup_of_people_is_just_text(typesetter: Typesetter, typed: str) -> None:
    receipt = replace(RECEIPT, sections=(Section(typed, (Row(typed, typed),)),))
    words = _words(typesetter.receipt(receipt))
    assert words.count(typed) >= 2
    letter = replace(LETTER, subject=typed, paragraphs=(typed,), addressee=(typed,))
    assert typed in _words(typesetter.letter(letter))


def test_every_letter_of_din_91379_is_shown(typesetter: Typesetter) -> None:
    data = json.loads((STANDARDS / "din-spec-91379" / "din-91379.json").read_text("utf-8"))
    signs = [
        "".join(chr(int(point, 16)) for point in entry["codepoints"])
        for entry in data["entries"]
        if entry["group"] != "dc"
    ]
    signs = [sign for sign in signs if sign.isprintable() and sign.strip()]
    rows = tuple(Row("Zeichen", " ".join(signs[at : at + 20])) for at in range(0, len(signs), 20))
    found = _words(typesetter.receipt(replace(RECEIPT, sections=(Section("Zeichen", rows),))))
    assert sum(len(sign) > 1 for sign in signs) == 149
    assert [sign for sign in signs if sign not in found] == []
    assert "[U+" not in found


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Danke 😀", "Danke [U+1F600]"),
        ("漢字", "[U+6F22][U+5B57]"),
        ("a\x00b\x1bc", "a[U+0000]b[U+001B]c"),
        ("\ud800", "[U+D800]"),
        ("x\u202ey", "x[U+202E]y"),
    ],
)
def test_a_sign_without_glyph_is_named_not_dropped(
    typesetter: Typesetter, typed: str, shown: str
) -> None:
    receipt = replace(RECEIPT, sections=(Section("Text", (Row("Bemerkung", typed),)),))
    assert shown in _words(typesetter.receipt(receipt))


def test_a_bare_draft_can_be_looked_at(typesetter: Typesetter) -> None:
    bare = NoticeDraft(
        authority=AuthorityBlock(""),
        addressee=Addressee(()),
        written_on=date(2026, 11, 23),
        case_number="",
        title="",
        subject="",
        outcome=Outcome.REFUSE,
    )
    assert typesetter.notice(NoticeLetter(bare, Letterhead("")))
    assert typesetter.letter(replace(LETTER, subject="", addressee=(), paragraphs=(), items=()))
    assert typesetter.receipt(replace(RECEIPT, sections=(), evidence=(), service=""))


def test_long_words_and_long_texts_stay_on_the_page(typesetter: Typesetter) -> None:
    link = "https://example.org/" + "abcdefghij" * 30
    receipt = replace(RECEIPT, sections=(Section("Text", (Row("Link", link),)),))
    document = pypdfium2.PdfDocument(typesetter.receipt(receipt))
    textpage = document[0].get_textpage()
    right = max(textpage.get_charbox(at)[2] for at in range(textpage.count_chars()))
    document.close()
    assert right <= 190 * 72 / 25.4 + 1
    long = replace(DRAFT, reasons=tuple(Passage("r", "Ein Satz. " * 200) for _ in range(20)))
    assert _words(typesetter.notice(replace(NOTICE, draft=long))).count("Satz.") == 4000


def test_the_same_letter_gives_the_same_bytes(typesetter: Typesetter) -> None:
    assert typesetter.notice(NOTICE) == Typesetter().notice(NOTICE)


def test_a_png_logo_is_taken_and_a_broken_one_refused(typesetter: Typesetter) -> None:
    bitmap = io.BytesIO()
    pypdfium2.PdfDocument(typesetter.letter(LETTER))[0].render(scale=0.1).to_pil().save(
        bitmap, "PNG"
    )
    logo = svg_of_png(bitmap.getvalue(), width=60, height=84)
    assert typesetter.letter(replace(LETTER, letterhead=replace(HEAD, logo_svg=logo)))
    with pytest.raises(LetterRefusedError):
        typesetter.letter(replace(LETTER, letterhead=replace(HEAD, logo_svg="<svg")))


@pytest.mark.parametrize("colour", ["#FFFF00", "red", "#12345", '#fff");#panic("x'])
def test_a_pale_or_odd_colour_keeps_the_letter_readable(
    typesetter: Typesetter, colour: str
) -> None:
    assert typesetter.letter(replace(LETTER, letterhead=replace(HEAD, colour=colour)))


def test_several_threads_share_one_typesetter(typesetter: Typesetter) -> None:
    letters = [replace(LETTER, subject=f"Brief {number}") for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(typesetter.letter, letters))
    assert all(f"Brief {number}" in _words(pdf) for number, pdf in enumerate(made))


def test_a_warm_notice_is_quick(typesetter: Typesetter) -> None:
    typesetter.notice(NOTICE)
    spent = []
    for number in range(9):
        letter = replace(NOTICE, draft=replace(DRAFT, case_number=f"2026-{number:04}-92QX-F"))
        before = time.process_time()
        typesetter.notice(letter)
        spent.append(time.process_time() - before)
    # The goal is 15 ms; the bench judges it, this only notices a lost cache.
    assert sorted(spent)[4] < 0.1


def test_every_page_of_a_paper_form_carries_its_code(typesetter: Typesetter) -> None:
    long = replace(PAPER, sections=PAPER.sections * 6)
    pages = pypdfium2.PdfDocument(typesetter.paper(long))
    count = len(pages)
    assert count > 1
    for number, page in enumerate(pages, start=1):
        words = page.get_textpage().get_text_range()
        (text,) = re.findall(r"GW1/\S+", words)
        code = read_page_code(text)
        assert (code.service, code.version) == ("hund-anmelden", "1.0.0")
        assert (code.page, code.pages, code.application) == (number, count, PAPER.application)
    pages.close()


def test_a_paper_form_shows_what_was_typed_as_it_was(typesetter: Typesetter) -> None:
    words = _words(typesetter.paper(PAPER))
    for part in ("#panic() <Bello>", "F99000901", "(freiwillig)", "Nur ausfüllen, wenn nötig."):
        assert part in words
    assert "0 3" in words or "03" in words.replace(" ", "")
    assert typesetter.paper(PAPER) == typesetter.paper(PAPER)
