"""What a place in a pack is called, in the words of the scheme."""

from maatwerk.rules.scheme import Scheme


def title_of(scheme: Scheme, path: str) -> str:
    """The title of `motivatie`, `leerling.leeftijd`, `kosten.0.omschrijving`, `antwoorden.antwoord@7` or `bijlagen.<id>`."""
    place, _, seq = path.partition("@")
    name, *parts = place.split(".")
    if seq and name in scheme.acts:
        act = scheme.acts[name]
        return f"{act.title}: {act.fields[parts[0]].label}" if parts and parts[0] in act.fields else act.title
    field = scheme.form.get(name)
    if field is None:
        return path
    if field.kind == "tabel" and len(parts) == 2 and parts[1] in field.columns:
        return f"{field.title}, regel {int(parts[0]) + 1}: {field.columns[parts[1]].label}"
    return f"{field.title}: {parts[0]}" if parts and field.kind in ("persoon", "personen") else field.label
