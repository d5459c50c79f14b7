"""What people read for the codes of the platform: the states of steps, terms, points that are followed and files. A scheme brings its own words."""

from collections.abc import Mapping

STEPS: Mapping[str, str] = {
    "wacht": "komt nog",
    "open": "nu bezig",
    "beëindigd": "klaar",
    "overgeslagen": "niet nodig",
}
CLOCKS: Mapping[str, str] = {
    "loopt": "loopt",
    "geschorst": "staat stil",
    "verstreken": "verstreken",
    "gestopt": "op tijd klaar",
    "te_laat_gestopt": "te laat klaar",
}
POINTS: Mapping[str, str] = {
    "open": "open",
    "te_laat": "te laat",
    "afgedaan": "klaar",
}
MEDIA_TYPES: Mapping[str, str] = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "image/jpeg": "JPG",
    "image/png": "PNG",
}
FILES: Mapping[str, str] = {
    "in_quarantaine": "Wordt nog nagekeken op virussen.",
    "geblokkeerd": "Kan zo niet naar de beoordelaars.",
}
