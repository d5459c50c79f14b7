"""Makes the PDF and DOCX files of examples/regio-36, which are kept in the repository: `python examples/make_attachments.py`.

The people are invented. A document's author is on purpose the pupil or an outsider: metadata must not reach a reviewer.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import typst

HERE = Path(__file__).parent / "regio-36"
MADE = datetime(2024, 8, 28, 9, 30, tzinfo=UTC)
PAGE = """
#set document(title: sys.inputs.title, author: sys.inputs.author, date: datetime(year: 2024, month: 8, day: 28))
#set text(lang: "nl", size: 11pt)
#set page(paper: "a4", margin: 2.5cm)
= #sys.inputs.title
#for line in sys.inputs.text.split("\\n") [#par(line)]
"""

OPP = """Ontwikkelingsperspectief, schooljaar 2024-2025. Opgesteld door de ondersteuningscoördinator.
Klas 3 havo. De leerling werkt op niveau en haalt ruime voldoendes voor Engels en biologie.
Belemmerend: de dag beginnen lukt niet. In mei en juni was er op vier van de vijf dagen verzuim in de eerste twee uren.
Bevorderend: een vaste volwassene, korte opdrachten, muziek.
Doel voor de komende acht weken: op alle dagen om half negen op school, met een gesprek van een kwartier.
Uitstroom blijft havo, gevolgd door hbo."""

CONSENT = """Ik geef toestemming om de gegevens die nodig zijn voor de beoordeling te delen met het beoordelingsteam van het \
interventiebudget. Het team ziet geen naam, geboortedatum of adres.
Ik kan deze toestemming op elk moment intrekken bij de ondersteuningscoördinator van de school.
Naam leerling: {pupil}
Handtekening leerling: {pupil}, 28 augustus 2024
Naam ouder of voogd: {parent}
Handtekening ouder of voogd: {parent}, 28 augustus 2024"""

OFFERS = {
    "01-vo-akkoord": (
        "Veldkant Coaching",
        "Begeleiding aan het begin van de schooldag",
        [
            ("Coaching, acht weken, twee keer per week een half uur", "€ 1.000,00"),
            ("Werkboek en materiaal", "€ 240,00"),
        ],
    ),
    "02-mbo-akkoord": (
        "Atelier De Werf",
        "Leerwerkplek met begeleiding",
        [("Begeleide leerwerkplek, tien weken, twee dagdelen", "€ 1.750,00"), ("Werkkleding", "€ 85,00")],
    ),
    "03-vo-afwijzing-met-advies": (
        "Bureau Schoolstap",
        "Huiswerkbegeleiding",
        [("Huiswerkklas, een schooljaar, vier middagen per week", "€ 3.600,00")],
    ),
    "06-mbo-betrokken-specialist": (
        "Praktijk Zuiderpad",
        "Begeleiding bij terugkeer naar school",
        [("Tien gesprekken van drie kwartier", "€ 950,00")],
    ),
}
CONSENTS = {
    "01-vo-akkoord": ("Saar Joosten", "Mirjam Joosten"),
    "02-mbo-akkoord": ("Yara Timmer", "Ellen Timmer"),
    "03-vo-afwijzing-met-advies": ("Milan Verhoef", "Rob Verhoef"),
    "04-vo-onvolledig": ("Noor van Dalen", "Karel van Dalen"),
    "05-vo-overbrugging-vier-maanden": ("Tijs Ribbers", "Anja Ribbers"),
    "06-mbo-betrokken-specialist": ("Dilan Akkerman", "Semra Akkerman"),
}
PLANS = {"01-vo-akkoord": "Saar Joosten", "04-vo-onvolledig": "N. van Dalen"}


def pdf(path: Path, title: str, author: str, text: str) -> None:
    """One page of text; `author` goes into the document's properties."""
    made: Any = typst.compile(PAGE.encode(), sys_inputs={"title": title, "author": author, "text": text})
    path.write_bytes(made)


def offer(path: Path, firm: str, title: str, lines: list[tuple[str, str]]) -> None:
    """A Word document with a table, written by the firm's owner."""
    document = docx.Document()
    document.core_properties.author = f"Administratie {firm}"
    document.core_properties.last_modified_by = f"Administratie {firm}"
    document.core_properties.comments = "Concept voor de school"
    document.core_properties.created = document.core_properties.modified = MADE.replace(tzinfo=None)
    document.add_heading(f"Offerte: {title}", level=1)
    document.add_paragraph(f"{firm} doet hierbij een aanbod voor begeleiding van een leerling van uw school.")
    table = document.add_table(rows=0, cols=2)
    for what, amount in lines:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = what, amount
    document.add_paragraph("Bedragen zijn vrij van btw. Dit aanbod geldt drie maanden.")
    document.save(str(path))


def main() -> None:
    """Writes every file anew."""
    for folder, author in PLANS.items():
        pdf(HERE / folder / "opp.pdf", "Ontwikkelingsperspectief", author, OPP)
    for folder, (pupil, parent) in CONSENTS.items():
        text = CONSENT.format(pupil=pupil, parent=parent)
        pdf(HERE / folder / "toestemmingsformulier.pdf", "Toestemming voor delen met derden", parent, text)
    for folder, (firm, title, lines) in OFFERS.items():
        offer(HERE / folder / "offerte.docx", firm, title, lines)


if __name__ == "__main__":
    main()
