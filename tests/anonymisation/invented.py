"""An invented case for the tests of the engine: nobody in it exists."""

from typing import Any

from maatwerk.anonymisation.engine import Known, redact

CASE: dict[str, Any] = {
    "leerling": {
        "voornaam": "Quinty-Mae",
        "tussenvoegsel": "van der",
        "achternaam": "Zwaluwenberg",
        "geboortedatum": "2010-02-03",
        "bsn": "123456782",
        "leerlingnummer": "2021-0417",
        "adres": {"straat": "Anjelierpad", "huisnummer": "12 b", "postcode": "1234 AB", "plaats": "Oosterwolde"},
    },
    "ouders": [
        {"voornaam": "Sylvana", "tussenvoegsel": "de", "achternaam": "Kok", "telefoon": "06-00001234"},
        {"voornaam": "Günther", "tussenvoegsel": "van der", "achternaam": "Zwaluwenberg"},
    ],
    "aanvrager": {"voornaam": "Marloes", "achternaam": "Tuinstra", "email": "m.tuinstra@school.example"},
    "school": "obs De Regenboog",
    "woongemeente": "Bergen",
    "leeftijd": 15,
}
KNOWN = Known.from_mapping(CASE)


def cleaned(text: str, known: Known = KNOWN) -> str:
    """The text after the engine."""
    return redact(text, known).redacted
