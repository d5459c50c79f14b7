"""The page of one's own account: where one is logged in, and ending that elsewhere."""

from datetime import timedelta

import lxml.html
import pytest

from tests.accounts import Clock, browser, joins, member_of, somebody
from tests.builders import a_tenant
from tests.databases import Database
from tests.pages import links, seen

PAGE = "/account"


async def test_somebody_sees_where_he_is_logged_in_and_ends_one_of_them(app: Database, clock: Clock) -> None:
    tenant = await a_tenant("regio-proef")
    person = await member_of(tenant, "ondersteuner")
    async with browser(app, person) as here:
        clock.forward(timedelta(minutes=5))
        async with browser(app, person) as elsewhere:
            shown = await here.get(PAGE)
            assert seen(shown).count("Ingelogd op") == 2
            assert seen(shown).count("in Samenwerkingsverband regio-proef") == 2
            assert links(await here.get("/"), PAGE) == [PAGE]
            (button,) = lxml.html.fromstring(shown.text).xpath("//button[@name='sessie']")
            done = await here.post(f"{PAGE}/sessies", data={"sessie": button.get("value")})
            assert (done.status_code, done.headers["location"]) == (303, f"{PAGE}?bericht=beeindigd")
            assert "Daar bent u nu uitgelogd." in seen(await here.get(done.headers["location"]))
            assert (await elsewhere.get(PAGE)).headers["location"].startswith("/inloggen")
            assert (await here.get(PAGE)).status_code == 200


async def test_all_other_sessions_end_at_once_whatever_partnership_they_work_in(app: Database, clock: Clock) -> None:
    person = await somebody()
    for _ in range(2):
        await joins(person, await a_tenant(), ["ondersteuner"])
    async with browser(app, person) as here:
        assert "andere sessies" not in seen(await here.get(PAGE))
        clock.forward(timedelta(minutes=1))
        async with browser(app, person) as elsewhere:
            assert "Beëindig alle andere sessies" in seen(await here.get(PAGE))
            assert (await here.post(f"{PAGE}/sessies/andere")).status_code == 303
            assert (await elsewhere.get(PAGE)).status_code == 303
            assert seen(await here.get(PAGE)).count("Ingelogd op") == 1


@pytest.mark.parametrize("sent", ["", "onzin", "6f1d6c1a-2c3b-4b7e-9a50-0f3e5d7c9b21"])
async def test_a_session_that_is_not_there_ends_nothing(app: Database, sent: str) -> None:
    async with browser(app, await member_of(await a_tenant(), "ondersteuner")) as client:
        answer = await client.post(f"{PAGE}/sessies", data={"sessie": sent})
        assert (answer.status_code, "Deze pagina is er niet" in seen(answer)) == (404, True)
        assert (await client.get(PAGE)).status_code == 200


async def test_somebody_elses_session_does_not_end(app: Database) -> None:
    tenant = await a_tenant()
    one, two = await member_of(tenant, "ondersteuner"), await member_of(tenant, "tenant_admin")
    async with browser(app, one) as victim, browser(app, two) as attacker:
        session = (await victim.get("/api/v1/sessies")).json()["resultaten"][0]["id"]
        assert (await attacker.post(f"{PAGE}/sessies", data={"sessie": session})).status_code == 404
        assert (await victim.get(PAGE)).status_code == 200


async def test_another_site_can_not_end_sessions(app: Database) -> None:
    async with browser(app, await member_of(await a_tenant(), "ondersteuner")) as client:
        for path in ("sessies", "sessies/andere"):
            answer = await client.post(f"{PAGE}/{path}", headers={"Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 403
