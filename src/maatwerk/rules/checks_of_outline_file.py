"""Faults of how a file with cases is read: columns that answer no question, words that stand for no answer, acts that can't do it."""

from collections.abc import Iterator

from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.decoding import Fault
from maatwerk.rules.outline import OUTLINE, ColumnDef, FileDef, OutlineDef
from maatwerk.rules.scheme import Scheme

HERE = f"{OUTLINE}.bestand"
READABLE = ("tekst", "lange_tekst", "datum", "getal", "bedrag", "ja_nee", "keuze", "meerkeuze")


def file_faults(scheme: Scheme, outline: OutlineDef, file: FileDef) -> Iterator[Fault]:
    """Faults of the file of an outline."""
    yield from _acts(scheme, file)
    for index, column in enumerate(file.columns):
        yield from _column(scheme, outline, f"{HERE}.kolommen.{index}", column)
    for index, beside in enumerate(file.besides):
        yield from _question(scheme, f"{HERE}.erbij.{index}.vraag", beside.field)
    known = {file.heading, file.heading_title, file.kind, *(column.column for column in file.columns)} - {""}
    if not file.known_by:
        message = "zonder sleutel wordt elke regel de volgende keer een nieuwe zaak."
        yield Fault(f"{HERE}.sleutel", message, "noem de kolommen waaraan een regel te herkennen is.")
    for name in file.known_by:
        if name not in known:
            yield Fault(
                f"{HERE}.sleutel",
                f"de kolom '{name[:60]}' wordt niet gelezen.",
                f"kies uit: {', '.join(sorted(known))}.",
            )
    if file.kind and not file.case_row:
        message = "er staat niet bij welke regels een zaak zijn."
        yield Fault(f"{HERE}.zaakregel", message, "noem wat er dan in de soortkolom staat.")
    if (file.case_row or file.heading_row) and not file.kind:
        message = "er is geen kolom die zegt wat een regel is."
        yield Fault(f"{HERE}.soortkolom", message, "noem die kolom, of haal zaakregel en kopregel weg.")
    yield from _unasked(scheme, outline, file)


def _acts(scheme: Scheme, file: FileDef) -> Iterator[Fault]:
    begins = {act for step in scheme.steps.values() if "begin" in step.after for act in step.acts}
    filing = behaviour_of(scheme, file.act) if file.act in scheme.acts else None
    if filing is None or not filing.files or file.act not in begins:
        message = "hiermee begint geen zaak."
        yield Fault(f"{HERE}.handeling", message, 'noem een handeling van de eerste stap met gedrag = "indienen".')
    changing = behaviour_of(scheme, file.change) if file.change in scheme.acts else None
    if changing is None or not changing.uses_form or changing.files:
        message = "hiermee wijzigt niemand antwoorden."
        yield Fault(f"{HERE}.wijziging", message, 'noem een handeling met gedrag = "aanvullen".')
    elif scheme.acts[file.change].when == "stap":
        message = "deze handeling kan alleen in een stap, en een regel kan later veranderen."
        yield Fault(f"{HERE}.wijziging", message, 'geef haar wanneer = "open" of "altijd".')


def _column(scheme: Scheme, outline: OutlineDef, here: str, column: ColumnDef) -> Iterator[Fault]:
    yield from _question(scheme, f"{here}.vraag", column.field)
    field = scheme.form.get(column.field)
    if column.field == outline.field:
        message = "deze vraag krijgt haar antwoord uit de kopkolom."
        yield Fault(f"{here}.vraag", message, "haal deze kolom weg.")
    if field is None:
        return
    if (column.words or column.other_words) and not field.choices:
        yield Fault(here, "alleen een keuze wordt in woorden gezocht.", "haal woorden en overige_woorden weg.")
        return
    for index, word in enumerate(column.words):
        place = f"{here}.woorden.{index}"
        if not word.text.strip():
            yield Fault(f"{place}.lees", "hier staat geen woord.", "schrijf wat er in het bestand staat.")
        if not word.answers or (field.kind == "keuze" and len(word.answers) > 1):
            yield Fault(
                f"{place}.antwoord", "dit zijn niet een antwoord.", "noem een antwoord; bij een meerkeuze minstens een."
            )
        for answer in word.answers:
            if answer not in field.choices:
                message = f"'{column.field}' kent de keuze '{answer[:60]}' niet."
                yield Fault(f"{place}.antwoord", message, f"kies uit: {', '.join(field.choices)}.")


def _question(scheme: Scheme, here: str, name: str) -> Iterator[Fault]:
    field = scheme.form.get(name)
    if field is None:
        yield Fault(here, f"de vraag '{name[:60]}' bestaat niet.", "noem een vraag van het formulier.")
    elif field.privacy != "geen":
        message = (
            f"'{name}' kan van iemand zijn (klasse {field.privacy}); wat in een bestand staat wordt niet verzegeld."
        )
        yield Fault(here, message, "haal deze vraag hier weg.")
    elif field.kind not in READABLE:
        message = f"een vraag van soort {field.kind} staat niet in een bestand met regels."
        yield Fault(here, message, f"kies een vraag van soort {', '.join(READABLE)}.")


def _unasked(scheme: Scheme, outline: OutlineDef, file: FileDef) -> Iterator[Fault]:
    given = {outline.field, outline.number, *(column.field for column in file.columns)}
    for name, field in scheme.form.items():
        if file.act in field.required and not field.condition and name not in given:
            message = f"'{field.title[:60]}' moet beantwoord zijn, en geen kolom doet dat."
            yield Fault(f"{HERE}.kolommen", message, f'voeg een kolom toe met vraag = "{name}".')
