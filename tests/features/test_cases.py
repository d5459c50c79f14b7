"""Drafts, filing and the books, on a real database."""

import asyncio
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from maatwerk import clock as now
from maatwerk.books.queries import entries, envelopes
from maatwerk.cases import schemes
from maatwerk.cases.actions.append import write_projection
from maatwerk.cases.actions.open import open_case
from maatwerk.cases.actions.save import save_draft
from maatwerk.cases.case import Draft, NotBsn, read
from maatwerk.crypto import destroy_case_key
from maatwerk.crypto.keys import Erased
from maatwerk.decisions.actions.act import Deed, act
from maatwerk.http.etag import Version
from maatwerk.rules.acts import Facts
from maatwerk.rules.refusals import Conflict, Forbidden, Invalid, NotFound, Refused, Stale
from maatwerk.rules.standing import standing
from maatwerk.settings import in_force
from maatwerk.tenancy import scope
from tests.accounts import Clock, browser, once
from tests.databases import Database
from tests.partnership import Partnership, consents, enlist, regio_36
from tests.regio36 import answers

BSN = "111222333"
SOURCE = (Path(__file__).parents[2] / "tenants/regio-36/scheme.toml").read_text(encoding="utf-8")


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def test_a_draft_is_saved_and_resumed(region: Partnership) -> None:
    bas = region.callers["bas"]
    async with scope(region.tenant_id, bas.person_id) as tx:
        case_id = await open_case(tx, bas, region.scheme_id, Draft({"sector": "vo"}))
    async with scope(region.tenant_id, bas.person_id) as tx:
        await save_draft(tx, await read(tx, case_id, lock=True), Draft({"woongemeente": "Meierijstad", "sector": None}))
    assert (await region.case(case_id)).answers == {"woongemeente": "Meierijstad"}


async def test_every_fault_of_an_answer_is_told_at_once(region: Partnership) -> None:
    with pytest.raises(Invalid) as caught:
        await region.open(sector="po", woongemeente=5, onzin="x")
    assert {reason.field for reason in caught.value.reasons} == {"sector", "woongemeente", "onzin"}


async def test_a_number_that_may_be_a_bsn_is_refused_at_entry_until_it_is_marked_with_a_reason(
    region: Partnership,
) -> None:
    with pytest.raises(Invalid) as caught:
        await region.open(behoefte=f"Zie dossier {BSN}.")
    assert [(reason.code, reason.field) for reason in caught.value.reasons] == [("bsn", "behoefte")]
    bas = region.callers["bas"]
    marked = Draft(
        answers(behoefte=f"Zie dossier {BSN}.", toestemmingsformulier=None), [NotBsn(BSN, "Dit is een ordernummer.")]
    )
    async with scope(region.tenant_id, bas.person_id) as tx:
        case_id = await open_case(tx, bas, region.scheme_id, marked)
        await consents(tx, case_id)
    done, _ = await region.do("bas", case_id, "indienen")
    assert done.number is not None


@pytest.mark.requirement("R36-59")
async def test_filing_gives_a_number_of_the_tenant_and_year_and_keeps_the_home_municipality(
    region: Partnership,
) -> None:
    first, second = await region.filed(), await region.filed(woongemeente="Oss")
    cases = [await region.case(first), await region.case(second)]
    year = date.today().year  # noqa: DTZ011 - the number is of the year of the test
    assert [case.number for case in cases] == [f"{year}-0001", f"{year}-0002"]
    assert [case.home_municipality for case in cases] == ["Meierijstad", "Oss"]


async def test_a_refused_filing_leaves_the_draft_as_it_was_and_uses_no_number(region: Partnership) -> None:
    case_id = await region.open(beschikbaar_extern=True, tijdig_extern=True)
    with pytest.raises(Refused) as caught:
        await region.do("bas", case_id, "indienen")
    assert caught.value.reasons[0].code == "geen_tijdig_extern"
    case = await region.case(case_id)
    assert (case.seq, case.number, case.answers["beschikbaar_extern"]) == (0, None, True)
    assert (await region.case(await region.filed())).number is not None


async def test_an_act_on_an_older_version_is_refused(region: Partnership) -> None:
    case_id = await region.filed()
    bas = region.callers["bas"]
    with pytest.raises(Stale):
        async with scope(region.tenant_id, bas.person_id) as tx:
            await act(tx, bas, case_id, Deed("intrekken"), in_force(), Version(frozenset({"zaak-0", "concept-1", "1"})))


@pytest.mark.requirement("R36-10")
async def test_only_the_applying_school_files_and_only_a_coordinator(region: Partnership) -> None:
    case_id = await region.open()
    await enlist(region, "ander", ["coordinator"], organisation_id=(await _other_school(region)))
    for who in ("jolijn", "ander", "de_meierij"):
        with pytest.raises(Forbidden):
            await region.do(who, case_id, "indienen")


@pytest.mark.requirement("R36-32")
async def test_nobody_reviews_before_the_application_is_complete(region: Partnership) -> None:
    case_id = await region.filed()
    with pytest.raises(Forbidden):
        await region.do("de_meierij", case_id, "stemmen", stem="voor", motivering="Past.")
    with pytest.raises(Conflict):
        await region.do("jolijn", case_id, "vrijgeven")


async def test_two_deciding_votes_at_once_never_commit_more_than_the_envelope_holds(region: Partnership) -> None:
    ids = [await region.to_review() for _ in range(2)]
    for case_id in ids:
        await region.do("de_meierij", case_id, "stemmen", stem="voor", motivering="Past.")
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE book_envelope SET ceiling = 200000 WHERE tenant_id = $1", region.tenant_id)
        made = await envelopes(tx)
    assert made, "the envelope is made when a vote may book on it"
    results = await asyncio.gather(
        *(region.do("swv_3006", case_id, "stemmen", stem="voor", motivering="Past.") for case_id in ids),
        return_exceptions=True,
    )
    refused = [item for item in results if isinstance(item, Refused)]
    assert [item.reasons[0].code for item in refused] == ["plafond"]
    async with scope(region.tenant_id, None) as tx:
        (envelope,) = await envelopes(tx)
        booked = await entries(tx, envelope.id, None, 10)
    assert (envelope.committed, [entry.amount for entry in booked]) == (124_000, [124_000])


@pytest.mark.requirement("R36-58")
async def test_a_running_case_keeps_the_rules_of_its_version_and_the_old_version_stays_readable(
    region: Partnership,
) -> None:
    case_id = await region.open()
    newer = SOURCE.replace('versie = "2024-2025"', 'versie = "2025-2026"').replace("nodig = 2", "nodig = 3")
    async with scope(region.tenant_id, None) as tx:
        await schemes.keep_source(tx, newer)
        versions = {item.scheme.version: item for item in await schemes.current(tx)}
        assert (await schemes.version(tx, region.scheme_id)).steps["beoordeling"].rule.needed == 2
    assert set(versions) == {"2024-2025", "2025-2026"}
    assert versions["2025-2026"].scheme.steps["beoordeling"].rule.needed == 3
    assert (await region.case(case_id)).scheme.steps["beoordeling"].rule.needed == 2


async def test_a_version_whose_time_is_over_takes_no_new_applications(region: Partnership) -> None:
    ended = SOURCE.replace("geldig_van = 2024-08-01", "geldig_van = 2020-08-01\ngeldig_tot = 2021-07-31")
    bas = region.callers["bas"]
    async with scope(region.tenant_id, bas.person_id) as tx:
        await schemes.keep_source(tx, ended)
        old = next(item for item in await schemes.current(tx) if item.scheme.valid_until)
        with pytest.raises(Refused) as caught:
            await open_case(tx, bas, old.id, Draft())
    assert caught.value.reasons[0].code == "regeling_geldt_niet"


async def test_destroying_the_key_erases_the_answers_and_leaves_the_standing(region: Partnership) -> None:
    case_id = await region.filed()
    async with scope(region.tenant_id, None) as tx:
        await destroy_case_key(tx, case_id)
    case = await region.case(case_id)
    assert dict(case.answers) == {}
    assert standing(case.scheme, case.acts, date(2030, 1, 1)).phase == "controle volledigheid"
    with pytest.raises((Erased, Refused)):
        await region.do("jolijn", case_id, "volledig_verklaren")


async def test_projections_rebuilt_from_the_acts_are_the_same(region: Partnership) -> None:
    case_id = await region.to_review()
    case = await region.case(case_id)
    query = "SELECT role, owner_id, due, acts FROM work_item WHERE case_id = $1 ORDER BY role, owner_id"
    async with scope(region.tenant_id, None) as tx:
        before = [tuple(row) for row in await tx.fetch(query, case_id)]
        kept = await tx.fetchval("SELECT standing FROM support_case WHERE id = $1", case_id)
        await tx.execute("DELETE FROM work_item WHERE tenant_id = $1", region.tenant_id)
        await write_projection(tx, case, now.today(), Facts())
        after = [tuple(row) for row in await tx.fetch(query, case_id)]
        rebuilt = await tx.fetchval("SELECT standing FROM support_case WHERE id = $1", case_id)
    assert before == after
    assert kept["termijnen"] == rebuilt["termijnen"]


async def test_a_case_of_another_tenant_does_not_exist(region: Partnership) -> None:
    case_id = await region.filed()
    async with scope(UUID(int=7), None) as tx:
        with pytest.raises(NotFound):
            await read(tx, case_id)


async def _other_school(region: Partnership) -> UUID:
    async with scope(region.tenant_id, None) as tx:
        found: UUID = await tx.fetchval("SELECT organisation_id FROM tenant_organisation WHERE name = 'Rivierlyceum'")
        return found


async def test_a_late_act_is_not_dated_before_its_step_began(app: Database, region: Partnership, clock: Clock) -> None:
    case_id = await region.filed()
    filed_on = now.today()
    clock.forward(timedelta(days=5))
    await region.do("jolijn", case_id, "terugsturen", ontbrekend="De begroting.")
    clock.forward(timedelta(days=2))
    await region.do("jolijn", case_id, "volledig_verklaren")
    await region.deliver()
    url = f"/api/v1/aanvragen/{case_id}"
    async with browser(app, region.persons["jolijn"]) as client:
        seen = (await client.get(f"{url}/stand")).headers["ETag"]
        late = {"handeling": "vrijgeven", "op": filed_on.isoformat()}
        answer = await client.post(f"{url}/handelingen", json=late, headers=once() | {"If-Match": seen})
        assert answer.status_code == 400
        (wrong,) = answer.json()["invalidParams"]
        assert (wrong["code"], wrong["veld"]) == ("voor_de_stap", "op")
        late["op"] = now.today().isoformat()
        answer = await client.post(f"{url}/handelingen", json=late, headers=once() | {"If-Match": seen})
        assert answer.status_code == 201, answer.text


async def test_the_version_of_a_draft_never_passes_for_one_of_the_filed_case(
    app: Database, region: Partnership
) -> None:
    case_id = await region.open()
    url = f"/api/v1/aanvragen/{case_id}"
    withdraw, file = {"handeling": "intrekken"}, {"handeling": "indienen"}
    async with browser(app, region.persons["bas"]) as client:
        first = (await client.get(url)).headers["ETag"]
        assert (await client.get(f"{url}/stand")).headers["ETag"] == first
        saved = await client.patch(url, json={"antwoorden": {"opleiding": "3 havo"}}, headers={"If-Match": first})
        draft = saved.headers["ETag"]
        assert draft != first
        stale = await client.post(f"{url}/handelingen", json=file, headers=once() | {"If-Match": first})
        assert stale.status_code == 412, "what is filed is what was seen"
        filed = await client.post(f"{url}/handelingen", json=file, headers=once() | {"If-Match": draft})
        assert filed.status_code == 201, filed.text
        case = filed.headers["ETag"]
        assert case == (await client.get(url)).headers["ETag"] == (await client.get(f"{url}/stand")).headers["ETag"]
        for tag in (first, draft, '"1"', f"W/{case}", "*"):
            late = await client.post(f"{url}/handelingen", json=withdraw, headers=once() | {"If-Match": tag})
            assert late.status_code == 412, tag
            assert (await client.patch(url, json={}, headers={"If-Match": tag})).status_code == 412, tag
        assert (await client.post(f"{url}/handelingen", json=withdraw, headers=once())).status_code == 428
        assert (await client.patch(url, json={})).status_code == 428
        assert (await client.patch(url, json={}, headers={"If-Match": case})).status_code == 409
        done = await client.post(f"{url}/handelingen", json=withdraw, headers=once() | {"If-Match": case})
        assert done.status_code == 201, done.text
