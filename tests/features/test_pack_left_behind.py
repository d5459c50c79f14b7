"""A pack that the case has left behind is not released: whatever it was made of changes, it is refused in one sentence and made anew.

The scheme is that of regio 36, in which a school may supplement as long as nothing was decided.
"""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pikepdf
import pytest

from maatwerk.anonymisation import content
from maatwerk.anonymisation.content import Sheet
from maatwerk.cases import schemes
from maatwerk.crypto import open_pack_key
from maatwerk.loading import load_all
from maatwerk.settings import put_in_force
from maatwerk.tenancy import scope
from tests import uploads
from tests.accounts import browser, once
from tests.databases import Database
from tests.packs import deliver, with_pack
from tests.partnership import TENANTS, Partnership, regio_36
from tests.regio36 import answers
from tests.scanner import EICAR, clamd, nobody

SOURCE = (TENANTS / "regio-36/scheme.toml").read_text(encoding="utf-8")
SUPPLEMENTS = SOURCE.replace('handelingen = ["vrijgeven", ', 'handelingen = ["aanvullen", "vrijgeven", ').replace(
    'handelingen = ["stemmen", ', 'handelingen = ["aanvullen", "stemmen", '
)
WRONG = {"voornaam": "Sara", "achternaam": "Jansen"}
RIGHT = {"voornaam": "Jente", "achternaam": "Zandkasteel"}
CALLED = {"functie": "ondersteuningscoördinator", "telefoon": "06-00000001", "email": "bas@duinzicht.example"}
BORN = {"geboortedatum": "2009-03-14"}


def with_virus(document: pikepdf.Pdf) -> None:
    document.Root.Note = document.make_stream(EICAR)


HARMLESS = uploads.pdf("De leerling komt op tijd")
INFECTED = uploads.pdf("De leerling komt op tijd", change=with_virus, compress_streams=False)
TEXT = "Morgen praat zandkasteel met de mentor."


@pytest.fixture
async def region(app: Database) -> Partnership:
    found = await regio_36()
    async with scope(found.tenant_id, None) as tx:
        await schemes.keep_source(tx, SUPPLEMENTS)
        found.scheme_id = next(item.id for item in await schemes.current(tx) if item.scheme.code == "interventiebudget")
    return found


@pytest.fixture
async def school(app: Database, region: Partnership) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app, region.persons["bas"]) as client:
        yield client


@pytest.fixture
async def office(app: Database, region: Partnership) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app, region.persons["jolijn"]) as client:
        yield client


async def does(client: httpx.AsyncClient, case_id: UUID, kind: str, **fields: Any) -> httpx.Response:
    """An act over HTTP, on the version that the case has now."""
    url = f"/api/v1/aanvragen/{case_id}"
    version = (await client.get(url)).headers["etag"]
    body = {"handeling": kind, "velden": fields}
    return await client.post(f"{url}/handelingen", json=body, headers={**once(), "If-Match": version})


async def done(client: httpx.AsyncClient, case_id: UUID, kind: str, **fields: Any) -> None:
    answer = await does(client, case_id, kind, **fields)
    assert answer.status_code == 201, answer.text


async def supplement(school: httpx.AsyncClient, region: Partnership, case_id: UUID, **changes: Any) -> None:
    """The whole form again, with changes; the signed consent stays."""
    kept = (await region.case(case_id)).answers["toestemmingsformulier"]
    await done(school, case_id, "aanvullen", **answers(**{"toestemmingsformulier": kept, **changes}))


async def pack(office: httpx.AsyncClient, case_id: UUID) -> dict[str, Any]:
    answer = await office.get(f"/api/v1/aanvragen/{case_id}/pakket")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def refused(office: httpx.AsyncClient, case_id: UUID, kind: str = "vrijgeven") -> str:
    """The code with which the release is refused; there is exactly one reason, and nothing went out."""
    answer = await does(office, case_id, kind)
    assert answer.status_code == 422, answer.text
    (reason,) = answer.json()["redenen"]
    assert reason["melding"].count(".") == 1
    assert reason["herstel"]
    return str(reason["code"])


async def sheets(region: Partnership, office: httpx.AsyncClient, case_id: UUID) -> list[Sheet]:
    pack_id = UUID((await pack(office, case_id))["id"])
    async with scope(region.tenant_id, None) as tx:
        return await content.sheets(tx, await open_pack_key(tx, pack_id, "de_meierij"), pack_id)


async def upload(school: httpx.AsyncClient, case_id: UUID, content: bytes) -> str:
    answer = await school.post(
        f"/api/v1/aanvragen/{case_id}/bijlagen",
        data={"veld": "bijlagen"},
        files={"bestand": ("verslag.pdf", content, "application/pdf")},
        headers=once(),
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def set_institutions(region: Partnership, names: list[str]) -> None:
    async with scope(region.tenant_id, None) as tx:
        await tx.execute(
            "UPDATE tenant_setting SET settings = settings || $2 WHERE tenant_id = $1",
            *(region.tenant_id, {"instellingen": names}),
        )


PERSONS = {
    "pupil": ({"leerling": WRONG | BORN}, {"leerling": RIGHT | BORN}),
    "parent": ({"ouders": [WRONG]}, {"ouders": [RIGHT]}),
    "professional": ({"geconsulteerd_wie": WRONG}, {"geconsulteerd_wie": RIGHT}),
    "applicant": ({"aanvrager": WRONG | CALLED}, {"aanvrager": RIGHT | CALLED}),
    "another_parent": ({"ouders": []}, {"ouders": [RIGHT]}),
}


@pytest.mark.requirement("R36-34", "R36-35")
@pytest.mark.parametrize("who", PERSONS)
async def test_a_corrected_name_never_goes_out_in_an_old_text(
    region: Partnership, school: httpx.AsyncClient, office: httpx.AsyncClient, who: str
) -> None:
    before, after = PERSONS[who]
    case_id = await with_pack(region, await region.open(behoefte=TEXT, **before))
    shown = next(item for item in (await pack(office, case_id))["onderdelen"] if item["pad"] == "behoefte")
    assert "zandkasteel" in shown["tekst"]["ontdaan"], "unless the old text held it there is nothing to prove"
    await supplement(school, region, case_id, behoefte=TEXT, **after)
    assert (await pack(office, case_id))["status"] == "bezig"
    assert await refused(office, case_id) == "pakket_verouderd"
    assert await deliver(region.tenant_id) >= 1
    assert (await pack(office, case_id))["status"] == "klaar"
    await done(office, case_id, "vrijgeven")
    (sheet,) = await sheets(region, office, case_id)
    assert "zandkasteel" not in sheet.texts["behoefte"].lower()


@pytest.mark.requirement("R36-35")
async def test_a_change_of_what_goes_along_as_it_is_does_not_hold_the_pack_up(
    region: Partnership, school: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open())
    await supplement(school, region, case_id, periode_tot="2024-11-15")
    await done(office, case_id, "vrijgeven")
    (sheet,) = await sheets(region, office, case_id)
    assert sheet.fields["periode_tot"] == "2024-11-15"


@pytest.mark.requirement("R36-35")
async def test_an_attachment_that_came_later_is_looked_at_before_the_release(
    region: Partnership, school: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open())
    file_id = await upload(school, case_id, uploads.pdf("Verslag over Saar Joosten"))
    await supplement(school, region, case_id, bijlagen=[file_id])
    assert await refused(office, case_id) == "pakket_verouderd"
    assert await deliver(region.tenant_id) >= 1
    item = next(item for item in (await pack(office, case_id))["onderdelen"] if item["soort"] == "bijlage")
    assert item["tekst"]["ontdaan"] == "Verslag over [leerling]"
    await done(office, case_id, "vrijgeven")


@pytest.mark.requirement("R36-35")
@pytest.mark.parametrize("infected", [False, True])
async def test_an_attachment_scanned_late_is_in_the_pack_before_the_release(
    app: Database, region: Partnership, school: httpx.AsyncClient, office: httpx.AsyncClient, infected: bool
) -> None:
    case_id = await with_pack(region, await region.open())
    put_in_force(app.settings(MAATWERK_CLAMD_URL=await nobody()))
    try:
        file_id = await upload(school, case_id, INFECTED if infected else HARMLESS)
        await supplement(school, region, case_id, bijlagen=[file_id])
        assert await deliver(region.tenant_id) == 0, "no pack without the verdict"
        assert await refused(office, case_id) == "pakket_verouderd"
        async with scope(region.tenant_id, None) as tx:
            await tx.execute(
                "UPDATE outbox SET dead_at = posted_at WHERE handler = 'anonymisation.make_pack' AND done_at IS NULL"
            )
        async with clamd() as url:
            put_in_force(app.settings(MAATWERK_CLAMD_URL=url))
            assert await deliver(region.tenant_id, "files.scan") == 1
    finally:
        put_in_force(app.settings())
    assert await refused(office, case_id) == "pakket_verouderd"
    assert await deliver(region.tenant_id) >= 1
    item = next(item for item in (await pack(office, case_id))["onderdelen"] if item["soort"] == "bijlage")
    assert item["status"] == ("geblokkeerd" if infected else "klaar")


@pytest.mark.requirement("R36-35")
async def test_a_clean_copy_that_is_another_one_is_looked_at_again(
    region: Partnership, school: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open())
    file_id = await upload(school, case_id, HARMLESS)
    await supplement(school, region, case_id, bijlagen=[file_id])
    await deliver(region.tenant_id)
    async with scope(region.tenant_id, None) as tx:
        row = await tx.fetchrow(
            "DELETE FROM file_chunk WHERE file_id = $1 AND variant = 'schoon' RETURNING *", UUID(file_id)
        )
        assert row is not None
        await tx.execute(
            "INSERT INTO file_chunk VALUES ($1, $2, $3, $4, $5)", *[*row.values()][:-1], row["sealed"] + b"\0"
        )
    assert await refused(office, case_id) == "pakket_verouderd"


@pytest.mark.requirement("R36-35")
async def test_another_list_of_care_providers_makes_the_pack_anew_also_when_only_the_release_finds_out(
    region: Partnership, school: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open(behoefte="Begeleiding door Zwanenburcht Tweeduizend."))
    await set_institutions(region, ["Zwanenburcht Tweeduizend"])
    assert await deliver(region.tenant_id) == 0, "nobody was told"
    assert await refused(office, case_id) == "pakket_verouderd"
    assert await deliver(region.tenant_id) == 1
    await done(office, case_id, "vrijgeven")
    (sheet,) = await sheets(region, office, case_id)
    assert "Zwanenburcht" not in sheet.texts["behoefte"]


async def test_loading_another_list_of_care_providers_makes_waiting_packs_anew_and_the_same_one_does_not(
    region: Partnership, school: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open())
    await set_institutions(region, ["Zwanenburcht Tweeduizend"])
    await load_all(TENANTS)
    assert await deliver(region.tenant_id) == 1
    await done(office, case_id, "vrijgeven")
    await load_all(TENANTS)
    assert await deliver(region.tenant_id) == 0


@pytest.mark.requirement("R36-35")
async def test_a_pack_of_which_nobody_knows_what_it_was_made_of_is_made_anew(
    region: Partnership, school: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open())
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE pack SET basis = NULL")
    assert await refused(office, case_id) == "pakket_verouderd"
    assert await deliver(region.tenant_id) == 1
    await done(office, case_id, "vrijgeven")


async def test_what_people_mended_survives_where_the_original_stayed(
    region: Partnership, school: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open())
    before = await pack(office, case_id)
    item = next(item for item in before["onderdelen"] if item["pad"] == "behoefte")
    url = f"/api/v1/aanvragen/{case_id}/pakket"
    version = (await office.get(url)).headers["etag"]
    mended = {"ontdaan": "Deze jongere heeft iemand nodig."}
    answer = await office.patch(f"{url}/onderdelen/{item['id']}", json=mended, headers={"If-Match": version})
    assert answer.status_code == 200, answer.text
    await supplement(school, region, case_id, leerling=RIGHT | BORN)
    assert await deliver(region.tenant_id) == 1
    await done(office, case_id, "vrijgeven")
    (sheet,) = await sheets(region, office, case_id)
    assert sheet.texts["behoefte"] == "Deze jongere heeft iemand nodig."


async def test_a_text_that_is_out_changes_only_by_another_round(
    region: Partnership, school: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open())
    await done(office, case_id, "vrijgeven")
    await region.do("de_meierij", case_id, "vragen", vraag="Waarom nu?")
    await done(school, case_id, "antwoorden", antwoord="Het rooster knelt.")
    assert await deliver(region.tenant_id) == 1
    await supplement(school, region, case_id, behoefte="Saar vraagt om een ander rooster.")
    assert await deliver(region.tenant_id) == 1
    assert await refused(office, case_id, "antwoord_vrijgeven") == "vrijgegeven_gewijzigd"
    assert await deliver(region.tenant_id) == 0, "making it again would not help"
    await done(office, case_id, "opnieuw_beoordelen", reden="De school wijzigde de vraag.")
    await done(office, case_id, "volledig_verklaren")
    assert await deliver(region.tenant_id) == 1
    await done(office, case_id, "vrijgeven")
    (sheet,) = await sheets(region, office, case_id)
    assert sheet.texts["behoefte"] == "[leerling] vraagt om een ander rooster."


async def test_a_scanned_file_of_a_case_that_nobody_declared_complete_makes_no_pack(
    app: Database, region: Partnership, school: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    case_id = await region.open()
    put_in_force(app.settings(MAATWERK_CLAMD_URL=await nobody()))
    try:
        await upload(school, case_id, HARMLESS)
        async with clamd() as url:
            put_in_force(app.settings(MAATWERK_CLAMD_URL=url))
            assert await deliver(region.tenant_id, "files.scan") == 1
    finally:
        put_in_force(app.settings())
    assert await deliver(region.tenant_id) == 1
    assert (await office.get(f"/api/v1/aanvragen/{case_id}/pakket")).status_code in (403, 404)
    async with scope(region.tenant_id, None) as tx:
        assert await tx.fetchval("SELECT count(*) FROM pack") == 0


async def test_what_a_pack_was_made_of_is_kept_as_an_index_under_the_key_of_its_case(
    region: Partnership, school: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    first = await with_pack(region, await region.open())
    second = await with_pack(region, await region.open())
    async with scope(region.tenant_id, None) as tx:
        rows = await tx.fetch("SELECT case_id, basis FROM pack")
    found = {row["case_id"]: bytes(row["basis"]) for row in rows}
    assert set(found) == {first, second}
    assert found[first] != found[second], "equal cases have unlike indexes: each is keyed with its own case's key"
    assert all(len(basis) == 2 * 16 for basis in found.values())
