"""Turns what is wrong with an engine's folder, or what an engine says when it gives up, into a fault with its mend."""

from pathlib import Path

from maatwerk.local.faults import LocalFault
from maatwerk.local.processes import Account

_PASSING = (
    "could not bind",
    "could not create any TCP/IP",
    "already exists",
    "pre-existing shared memory block",
)


def end_of(log: Path) -> int:
    """Where the log ends now, in bytes."""
    return log.stat().st_size if log.exists() else 0


def text_since(log: Path, offset: int) -> str:
    """What was logged from that byte on."""
    with log.open("rb") as file:
        file.seek(offset)
        return file.read(65_536).decode("utf-8", "replace")


def passes(complaint: str) -> bool:
    """Whether PostgreSQL's last words are of something that passes when we try again in a moment."""
    return any(words in complaint for words in _PASSING)


def fault_of(complaint: str, folder: Path) -> LocalFault | None:
    """The fault of the machine behind PostgreSQL's last words, if it is one we know."""
    if "No space left on device" in complaint:
        return LocalFault(f"De schijf van {folder} is vol.", "Maak ruimte vrij en probeer het opnieuw.")
    if "Cannot allocate memory" in complaint:
        return LocalFault(
            "Er is te weinig geheugen voor PostgreSQL.", "Sluit andere programma's en probeer het opnieuw."
        )
    if "user does not exist" in complaint:
        return LocalFault(
            "PostgreSQL wil dat de gebruiker die hem draait op deze machine een naam heeft.",
            "Draai deze opdracht als een gebruiker die in /etc/passwd staat.",
        )
    if "Permission denied" in complaint:
        return LocalFault(
            f"PostgreSQL kan niet bij zijn map {folder} of bij zijn programma's.",
            "Kies met MAATWERK_DATA een andere map, of draai deze opdracht als gewone gebruiker.",
        )
    return None


def damaged(folder: Path, why: str) -> LocalFault:
    """The sentence for a folder that no engine can use."""
    return LocalFault(
        f"De gegevensmap {folder} is beschadigd: {why}.",
        f"Zet een kopie terug, of verwijder {folder} om met een lege demo te beginnen.",
    )


def in_use(folder: Path) -> LocalFault:
    """The sentence for a folder that somebody else works in."""
    return LocalFault(
        f"De gegevensmap {folder} is al in gebruik.",
        "Stop de andere `make up`, of kies met MAATWERK_DATA een andere map.",
    )


def refuse_damaged_folder(folder: Path, version: str, account: Account | None, uid: int) -> None:
    """Looks at a PostgreSQL folder before anything starts in it; `uid` is ours.

    Raises LocalFault for what PostgreSQL would only hint at.
    """
    try:
        found = (folder / "PG_VERSION").read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        raise damaged(folder, "PG_VERSION ontbreekt") from None
    except PermissionError:
        raise foreign(folder) from None
    if not found.isdigit():
        raise damaged(folder, "PG_VERSION is onleesbaar")
    if found != version:
        raise LocalFault(
            f"De gegevensmap {folder} is van PostgreSQL {found}, en hier draait {version}.",
            f"Gebruik de versie die haar maakte, of verwijder {folder} om met een lege demo te beginnen.",
        )
    if folder.stat().st_uid != (account.uid if account else uid):
        raise foreign(folder)


def foreign(folder: Path) -> LocalFault:
    """The sentence for a folder of another user."""
    return LocalFault(
        f"De gegevensmap {folder} is van een andere gebruiker.",
        "Draai deze opdracht als die gebruiker, of kies met MAATWERK_DATA een andere map.",
    )
