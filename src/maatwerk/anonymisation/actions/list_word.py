"""Putting a word on a list of the partnership, after somebody's yes, and taking it off. Packs that wait are made anew with it."""

from uuid import UUID

from maatwerk import audit, clock
from maatwerk.anonymisation.actions.renew import renew_waiting
from maatwerk.anonymisation.engine.lexicon import lexicon, phrase
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.sources import known_of
from maatwerk.anonymisation.words import KEEP, MOST, REMOVE, TenantWord, WordKind, words_of
from maatwerk.cases.access import authorise
from maatwerk.cases.case import read
from maatwerk.crypto import Erased
from maatwerk.db import new_id
from maatwerk.http.caller import Caller
from maatwerk.rules.refusals import Conflict, Invalid, NotFound, Refused
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO anonymisation_word (tenant_id, id, kind, word, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT DO NOTHING
"""
DELETE = "DELETE FROM anonymisation_word WHERE tenant_id = $1 AND id = $2"
VERY_FREQUENT = "3"


async def list_word(tx: Tx, caller: Caller, case_id: UUID, kind: WordKind, word: str) -> TenantWord:
    """Puts a word on a list from the pack of a case, whose known names it may not be.

    Raises Forbidden, NotFound, Erased; Invalid for what is no word; Refused for a name of a person or a word that every text needs;
    Conflict for one that is on a list already.
    """
    case = await read(tx, case_id)
    authorise(caller, case, "geheel")
    if case.key is None:
        raise Erased.because("gewist", "De gegevens van deze zaak zijn gewist.")
    written = " ".join(word.split())
    _refuse_no_word(written)
    _refuse_name(kind, written, (await known_of(tx, case)).known)
    if kind == REMOVE:
        _refuse_needed(written)
    known = await words_of(tx)
    if len(known) >= MOST:
        raise Conflict.because(
            "lijst_vol", f"Op de lijsten staan al {MOST} woorden; meer is te veel om na te gaan.",
            mend="Vraag een beheerder er woorden af te halen.", field="woord",
        )  # fmt: skip
    added = TenantWord(new_id(), kind, written, caller.membership_id, clock.now())
    if any(phrase(each.word) == phrase(written) for each in known) or not await tx.execute(
        INSERT, tx.tenant_id, added.id, kind, written, added.added_by, added.added_at
    ):
        raise Conflict.because(
            "staat_er_al", "Dit woord staat al op een lijst.",
            mend="Moet het op de andere? Vraag een beheerder het er eerst af te halen.", field="woord",
        )  # fmt: skip
    await audit.record(tx, "pakketwoord.toegevoegd", "pakketwoord", added.id, details={"soort": kind})
    await renew_waiting(tx)
    return added


async def unlist_word(tx: Tx, word_id: UUID) -> None:
    """Takes a word off. Raises NotFound."""
    if not await tx.execute(DELETE, tx.tenant_id, word_id):
        raise NotFound.because("woord_onbekend", "Dit woord staat niet (meer) op een lijst.")
    await audit.record(tx, "pakketwoord.verwijderd", "pakketwoord", word_id)
    await renew_waiting(tx)


def _refuse_no_word(word: str) -> None:
    if len("".join(phrase(word))) < 3 or any(map(str.isdigit, word)):
        raise Invalid.because(
            "geen_woord", "Op een lijst komt een woord of naam van drie letters of meer, zonder cijfers.",
            mend="Schrijf de instelling of het woord voluit.", field="woord",
        )  # fmt: skip


def _refuse_name(kind: WordKind, word: str, known: Known) -> None:
    """A list holds for every case: a name on it would leave or take the words of another child. Who is known in this case is in no word
    of it, and what stays has no first name in it at all: `bij Daan thuis` would keep every Daan."""
    names, spoken = lexicon(), [each for each in phrase(word) if each not in lexicon().cues["particle"]]
    called = {each for person in known.persons for each in phrase(f"{person.first} {person.last} {person.nickname}")}
    staff = {each for name in known.staff for each in phrase(name)}
    named = any(each in called or (kind == KEEP and each in names.first_names) for each in spoken)
    if named or all(each in called or each in staff or names.name(each) for each in spoken or phrase(word)):
        raise Refused.because(
            "naam_van_iemand",
            "Dit is een naam van iemand, of hij kan dat zijn; een lijst geldt voor elke zaak, ook van een kind dat zo heet.",
            mend="Beslis hem in dit pakket. Een instelling die ook een naam is, zet een beheerder bij instellingen in tenant.toml.",
            field="woord",
        )


def _refuse_needed(word: str) -> None:
    names, spoken = lexicon(), phrase(word)
    if len(spoken) == 1 and (names.frequent.get(spoken[0]) == VERY_FREQUENT or spoken[0] in names.terms):
        raise Refused.because(
            "gewoon_woord", "Dit woord heeft elke tekst nodig; weghalen maakt aanvragen onleesbaar.",
            mend="Schrijf de naam van de instelling voluit, of beslis het in dit pakket.", field="woord",
        )  # fmt: skip
