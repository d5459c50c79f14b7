"""What holds of every page: Dutch, whole, without anything that runs, and failures in plain words."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import lxml.html
import pytest

from maatwerk.http import create_app
from maatwerk.settings import Settings
from maatwerk.web.declaring import page
from maatwerk.web.failing import show_failure
from tests.accounts import BASE_URL, browser, member_of
from tests.databases import Database
from tests.pages import seen, title
from tests.partnership import Partnership, regio_36

HOSTILE = 'Saar <i>let op</i> "><img src=x onerror=y> {{ 7*7 }}'
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def test_what_people_wrote_is_shown_as_text_and_never_as_markup(app: Database, region: Partnership) -> None:
    case_id = await region.filed(behoefte=HOSTILE)
    await region.do("jolijn", case_id, "volledig_verklaren")
    await region.deliver()
    await region.do("jolijn", case_id, "vrijgeven")
    async with browser(app, region.persons["de_meierij"]) as client:
        page = await client.get(f"/zaken/{case_id}/pakket")
    assert "<i>let op</i>" in seen(page)
    assert "{{ 7*7 }}" in seen(page)
    async with browser(app) as client:
        form = await client.post("/inloggen", data={"adres": HOSTILE, "naar": HOSTILE})
    for answer in (page, form):
        tree = lxml.html.fromstring(answer.text)
        assert not tree.xpath("//script | //img | //i | //*[@onerror] | //style | //*[@style]")
    assert lxml.html.fromstring(form.text).get_element_by_id("adres").get("value") == HOSTILE


async def test_every_page_is_dutch_whole_titled_by_itself_and_under_the_strict_policy(
    app: Database, region: Partnership
) -> None:
    case_id = await region.to_review()
    draft = await region.open()
    titles = []
    async with browser(app) as client:
        pages = [
            *[
                await client.get(path)
                for path in ("/inloggen", "/wachtwoord-vergeten", "/wachtwoord-kiezen", "/app-kwijt")
            ],
            await client.get("/niets"),
            await client.post("/inloggen", data={"x": "y"}),
        ]
    async with browser(app, region.persons["jolijn"]) as client:
        pages += [await client.get(path) for path in ("/", "/taken", "/partnerschap", "/account", f"/zaken/{case_id}")]
    async with browser(app, region.persons["bas"]) as client:
        pages += [await client.get(f"/zaken/{draft}"), await client.get(f"/zaken/{case_id}/pakket")]
    async with browser(app, region.persons["swv_3006"]) as client:
        pages += [await client.get(f"/zaken/{case_id}/pakket")]
    version = f"/beheer/regelingen/{region.scheme_id}"
    async with browser(app, await member_of(region.tenant_id, "tenant_admin")) as client:
        paths = ("/beheer/regelingen", "/beheer/regelingen/nieuw", version, f"{version}/tekst")
        pages += [await client.get(path) for path in paths]
        dry_run = {"eersteDag": "2024-09-02", "laatsteDag": "2024-09-03"}
        pages += [await client.get((await client.post(f"{version}/proefdraaien", data=dry_run)).headers["location"])]
    async with browser(app, await member_of(region.tenant_id, "financial_controller")) as client:
        pages += [await client.get("/boeken")]
    for answer in pages:
        seen(answer)
        titles.append(title(answer))
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        tree = lxml.html.fromstring(answer.text)
        assert tree.xpath("//a[1]/@href")[0] == "#inhoud"
        assert not tree.xpath("//script | //style | //*[@style] | //*[starts-with(name(@*), 'on')]")
        for source in tree.xpath("//link/@href"):
            assert source.startswith("/static/")
        headings = [int(each.tag[1]) for each in tree.xpath("//h1|//h2|//h3")]
        assert headings[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(headings))
    assert len(set(titles)) == len(titles)


async def test_style_and_icon_may_be_kept_for_good_because_their_names_change_with_them(app: Database) -> None:
    async with browser(app) as client:
        page = await client.get("/inloggen")
        for source in lxml.html.fromstring(page.text).xpath("//link/@href"):
            answer = await client.get(source)
            assert answer.status_code == 200
            assert answer.headers["content-type"].split(";")[0] in ("text/css", "image/svg+xml")
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert (await client.get("/static/../asgi.py")).status_code == 404


async def test_a_failure_is_a_page_for_pages_and_a_problem_for_the_api(app: Database) -> None:
    async with browser(app) as client:
        for path in ("/niets", "/zaken/geen-id", f"/zaken/{uuid4()}/", "/zaken//x", "/%00"):
            answer = await client.get(path)
            assert answer.status_code == 404
            assert "Deze pagina is er niet" in seen(answer)
        for path in ("/api", "/api/v1/niets", "/api/v1//x"):
            assert (await client.get(path)).headers["content-type"] == "application/problem+json"
        head = await client.head("/niets")
        assert (head.status_code, head.content) == (404, b"")


async def test_a_failure_of_ours_tells_its_number_and_nothing_else() -> None:
    @page("/stuk", permission="public")
    async def break_down() -> str:
        raise RuntimeError("Saar Joosten")

    async with _alone([break_down]) as client:
        answer = await client.get("/stuk")
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in seen(answer)
    assert "Saar" not in answer.text


@asynccontextmanager
async def _alone(pages: list[Any]) -> AsyncIterator[httpx.AsyncClient]:
    async def nobody(_: Any) -> None:
        return None

    made = create_app(
        [], settings=Settings.from_environment({}), identify=nobody, pages=pages, show_failure=show_failure
    )
    transport = httpx.ASGITransport(made, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        yield client
