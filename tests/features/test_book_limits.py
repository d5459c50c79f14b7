"""Books in the database: an envelope per part with the budget of tenant.toml, thresholds told once, what is settled goes back, and
a letter that names the payee and the reference."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from maatwerk import clock
from maatwerk.books.queries import Envelope, entries, envelopes
from maatwerk.cases import schemes
from maatwerk.decisions import texts
from maatwerk.decisions.actions.send_letter import compose
from maatwerk.rules.periods import period_of
from maatwerk.rules.refusals import Refused
from maatwerk.settings import in_force
from maatwerk.tenancy import load_tenant, read_tenants, scope
from tests.databases import Database
from tests.partnership import TENANTS, Partnership, regio_36

BOOK = '[boek.interventiebudget]\ntitel = "Interventiebudget"\neenheid = "eurocent"\nbeleid = "hard"\n'
BY_TOWN = (
    BOOK.replace("hard", "melden")
    + 'per = "woongemeente"\ndrempels = [50, 90]\nbij_drempel = { taak = "Bespreek het budget", rol = "ondersteuner" }\n'
    + 'bij_grens = { tekst = "grens", rol = "ondersteuner" }\n'
)
MORE = """
[formulier.uitvoerder]
soort = "tekst"
titel = "Uitvoerder"
[tekst.grens]
onderwerp = "Budget van {{partnerschap}}"
inhoud = "{{grens}}"
[handeling.vaststellen]
titel = "Vaststellen"
door = ["ondersteuner"]
wanneer = "altijd"
effecten = [{ soort = "vaststellen", boek = "interventiebudget", bedrag = "deze.bedrag" }]
velden.bedrag = { soort = "bedrag", titel = "Bedrag", verplicht = ["vaststellen"] }
"""
COMMIT = 'boek = "interventiebudget", bedrag = "bekostiging.interventie.toekenbaar"'
SECTION = "[tekst.besluit_akkoord.alineas]\n"
INVOICE = 'factuur = "Betaald aan {{begunstigde}}, met op de factuur {{kenmerk}}. Verleend {{verleend}}, vastgesteld {{vastgesteld}}."\n'


def changed(source: str) -> str:
    """Regio 36 with a budget per municipality."""
    more = COMMIT + ', begunstigde = "uitvoerder", kenmerk = "IB {{zaaknummer}}"'
    for old, new in ((BOOK, BY_TOWN), (COMMIT, more), (SECTION, SECTION + INVOICE)):
        assert old in source
        source = source.replace(old, new)
    return source + MORE


@pytest.fixture
async def region(app: Database) -> Partnership:
    found = await regio_36()
    file = next(each for each in read_tenants(TENANTS) if each.code == "regio-36")
    budget = {"regeling": "interventiebudget", "boek": "interventiebudget", "periode": _year(), "deel": "Meierijstad",
              "plafond": 200_000}  # fmt: skip
    await load_tenant(replace(file, settings={**file.settings, "budget": [budget]}))
    async with scope(found.tenant_id, None) as tx:
        source = (TENANTS / "regio-36/scheme.toml").read_text(encoding="utf-8")
        await schemes.keep_source(tx, changed(source))
        found.scheme_id = next(v.id for v in await schemes.current(tx) if v.scheme.code == "interventiebudget")
    return found


def _year() -> str:
    return period_of("schooljaar", clock.today(), "")


async def approved(region: Partnership, **changes: Any) -> UUID:
    case_id = await region.to_review(**changes)
    for seat in ("de_meierij", "swv_3006"):
        await region.do(seat, case_id, "stemmen", stem="voor", motivering="Past.")
    return case_id


async def books(region: Partnership) -> dict[str, Envelope]:
    async with scope(region.tenant_id, None) as tx:
        return {each.part: each for each in await envelopes(tx)}


async def count(region: Partnership, query: str) -> int:
    async with scope(region.tenant_id, None) as tx:
        found: int = await tx.fetchval(query, region.tenant_id)
        return found


DROPPED = "SELECT count(*) FROM task WHERE tenant_id = $1 AND title LIKE 'Bespreek het budget%'"
MAILED = "SELECT count(*) FROM mail WHERE tenant_id = $1 AND kind = 'grens'"
LOGGED = "SELECT count(*) FROM audit_entry WHERE tenant_id = $1 AND what = 'boek.overschreden' AND details->>'over' = '48000'"


async def test_a_part_has_the_budget_of_the_tenants_file_and_its_thresholds_are_told_once(region: Partnership) -> None:
    await approved(region)
    assert (await books(region))["Meierijstad"].told == 50
    assert await count(region, DROPPED) == 1
    assert await count(region, MAILED) == 0
    await approved(region)
    book = (await books(region))["Meierijstad"]
    assert (book.ceiling, book.committed, book.told) == (200_000, 248_000, 90)
    assert [await count(region, query) for query in (DROPPED, MAILED, LOGGED)] == [2, 1, 1]
    await approved(region)
    assert [await count(region, query) for query in (DROPPED, MAILED)] == [2, 2]


async def test_a_municipality_without_a_budget_is_refused_and_makes_no_envelope(region: Partnership) -> None:
    with pytest.raises(Refused) as refusal:
        await approved(region, woongemeente="Tiel")
    assert [reason.code for reason in refusal.value.reasons] == ["deel_onbekend"]
    assert await books(region) == {}


async def test_what_is_settled_below_the_grant_returns_to_the_envelope(region: Partnership) -> None:
    case_id = await approved(region)
    await region.do("jolijn", case_id, "besluit_verzenden")
    with pytest.raises(Refused):
        await region.do("jolijn", case_id, "vaststellen", bedrag=124_001)
    await region.do("jolijn", case_id, "vaststellen", bedrag=90_000)
    book = (await books(region))["Meierijstad"]
    assert (book.committed, book.free) == (90_000, 110_000)
    async with scope(region.tenant_id, None) as tx:
        booked = [(entry.kind, entry.amount) for entry in await entries(tx, book.id, None, 10)]
    assert booked == [("vastleggen", 124_000), ("vaststellen", 90_000), ("teruggeven", 34_000)]


async def test_a_case_that_moves_gives_back_where_its_money_came_from(region: Partnership) -> None:
    case_id = await approved(region)
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="Verhuisd.")
    await region.do("bas", case_id, "aanvullen", woongemeente="Tiel")
    assert (await books(region))["Meierijstad"].committed == 0


async def test_the_letter_names_the_payee_and_the_reference_and_a_mail_or_a_consequence_does_not(
    region: Partnership,
) -> None:
    case_id = await approved(region, uitvoerder="Zorgboerderij De Hoeve")
    case, decided = await region.do("jolijn", case_id, "besluit_verzenden")
    async with scope(region.tenant_id, None) as tx:
        who = await texts.contact(tx)
        kept = await tx.fetchval(
            "SELECT string_agg(consequences::text, '') FROM case_act WHERE tenant_id = $1", tx.tenant_id
        )
    letter = "\n".join(compose(case, decided, "besluit_akkoord", who, in_force()).paragraphs)
    assert f"Betaald aan Zorgboerderij De Hoeve, met op de factuur IB {case.number}." in letter
    assert "Verleend € 1.240,00, vastgesteld € 0,00." in letter
    assert "Hoeve" not in kept
    assert '"uitvoerder"' in kept
