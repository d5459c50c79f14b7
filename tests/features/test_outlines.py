"""The programme of De Meierij: actions from a file, under their goals; what nobody knows is no zero, and a gap is shown as one."""

from typing import Any

import pytest

from maatwerk import clock as now
from maatwerk.cases.actions.append import write_projection
from maatwerk.cases.actions.facts import outside
from maatwerk.cases.case import read
from maatwerk.tenancy import scope
from tests.accounts import once
from tests.databases import Database
from tests.pages import links, seen, title
from tests.partnership import Partnership
from tests.programme import FILE, de_meierij, sends
from tests.publishing import as_member

ACTIONS = FILE.read_text(encoding="utf-8")
TRAITS = "SELECT case_id, name, place, value FROM case_trait WHERE tenant_id = $1 ORDER BY 1, 2, 3"


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await de_meierij()


@pytest.fixture
async def programme(app: Database, region: Partnership) -> Partnership:
    async with as_member(app, region, "ruben") as ruben:
        answer = await sends(ruben, region, ACTIONS)
        assert answer.status_code == 201, answer.text
        assert (answer.json()["toegevoegd"], answer.json()["gewijzigd"], answer.json()["ongewijzigd"]) == (34, 0, 0)
    return region


async def outline(app: Database, region: Partnership, who: str = "ruben", **asked: Any) -> Any:
    async with as_member(app, region, who) as client:
        answer = await client.get(f"/regelingen/{region.scheme_id}/indeling", params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()


def numbers(view: Any) -> list[str]:
    return [each["indelingsnummer"] for each in view["zaken"]]


def one(view: Any, number: str) -> Any:
    return next(each for each in view["zaken"] if each["indelingsnummer"] == number)


async def does(app: Database, region: Partnership, who: str, number: str, act: str, **fields: Any) -> Any:
    """An act on the action with a number, as the answer of the API."""
    case_id = one(await outline(app, region), number)["aanvraagId"]
    async with as_member(app, region, who) as client:
        tag = (await client.get(f"/aanvragen/{case_id}/stand")).headers["etag"]
        body = {"handeling": act, "velden": fields}
        return await client.post(f"/aanvragen/{case_id}/handelingen", json=body, headers=once() | {"If-Match": tag})


@pytest.mark.requirement("DM-03", "DM-05", "DM-06")
async def test_the_file_gives_5_ambitions_25_goals_and_34_actions(app: Database, programme: Partnership) -> None:
    view = await outline(app, programme)
    levels = [heading["niveau"] for heading in view["koppen"]]
    assert (levels.count(1), levels.count(2), len(view["zaken"])) == (5, 25, 34)
    assert view["niveauNamen"] == ["Ambitie", "Doel"]
    counts = {
        filter["veld"]: {option["waarde"]: option["aantal"] for option in filter["keuzes"]}
        for filter in view["filters"]
    }
    assert counts["gereed"] == {"2022": 8, "2023": 13, "2024": 8, "2025": 2, "doorlopend": 3}
    assert counts["niveau"] == {"lokaal": 9, "regionaal": 24, "lokaal_regionaal": 1}
    assert {one(view, number).get("uiterlijk") for number in ("1.1.1", "2.4.1", "2.5.1")} == {None}
    assert one(view, "1.6.2")["uiterlijk"] == "2025-12-31"


@pytest.mark.requirement("DM-04", "DM-06", "DM-08")
async def test_regional_and_2023_and_any_other_trait_that_the_scheme_names_can_be_chosen(
    app: Database, programme: Partnership
) -> None:
    both = await outline(app, programme, kenmerken="niveau:regionaal,gereed:2023")
    assert numbers(both) == [
        "1.2.1", "1.2.2", "1.5.1", "1.6.1", "2.2.1", "4.2.1", "4.3.1", "4.4.1", "5.4.1", "5.5.2",
    ]  # fmt: skip
    assert both["kosten"]["aantal"] == 10
    either = await outline(app, programme, kenmerken="gereed:2025,gereed:doorlopend")
    assert numbers(either) == ["1.1.1", "1.6.2", "2.1.3", "2.4.1", "2.5.1"]
    assert numbers(await outline(app, programme, kenmerken="partners:ggd")) == ["4.3.1"]
    async with as_member(app, programme, "ruben") as client:
        path = f"/regelingen/{programme.scheme_id}/indeling"
        for wrong in ("wat:x", "niveau:overal", "onzin"):
            assert (await client.get(path, params={"kenmerken": wrong})).status_code == 400, wrong


@pytest.mark.requirement("DM-07")
async def test_what_nobody_knows_is_shown_as_unknown_and_never_adds_up_to_nothing(
    app: Database, programme: Partnership
) -> None:
    view = await outline(app, programme)
    unknown = [each["indelingsnummer"] for each in view["zaken"] if each["dekkingOnbekend"]]
    assert unknown == ["1.6.2", "2.1.1", "2.1.2", "2.1.3", "4.4.1"]
    assert not [number for number in unknown if "bedrag" in one(view, number)]
    assert one(view, "1.2.1")["bedrag"] == 0, "geen kosten is known, and nothing"
    assert "bedrag" not in one(view, "1.1.2"), "who pays is known, how much is not"
    assert view["kosten"] == {
        "aantal": 34, "minstens": 0, "bedragOnbekend": 12, "dekkingOnbekend": 5, "uitleg": "12 onbekend",
    }  # fmt: skip
    answer = await does(app, programme, "ruben", "1.1.2", "wijzigen", bedrag=1_250_000)
    assert answer.status_code == 201, answer.text
    assert (await does(app, programme, "ruben", "4.4.1", "wijzigen", bedrag=99)).status_code == 201
    costs = (await outline(app, programme))["kosten"]
    assert (costs["minstens"], costs["bedragOnbekend"]) == (1_250_000, 11), "an amount under p.m. stays unknown"
    known = await outline(app, programme, kenmerken="dekking_soort:geen_kosten")
    assert known["kosten"]["uitleg"] == "€ 0,00"


@pytest.mark.requirement("DM-11", "DM-12", "DM-13")
async def test_a_goal_without_an_action_says_so_and_goals_refer_to_each_other(
    app: Database, programme: Partnership
) -> None:
    view = await outline(app, programme)
    headings = {heading["code"]: heading for heading in view["koppen"]}
    assert {code: each["leeg"] for code, each in headings.items() if "leeg" in each} == {
        "3_4": "geen eigen actie, zie 5.3"
    }
    assert {code: each["zieOok"] for code, each in headings.items() if each["zieOok"]} == {
        "1_4": ["5_1"], "3_4": ["5_3"], "5_1": ["1_4"], "5_3": ["3_4"], "5_4": ["2_3"],
    }  # fmt: skip
    narrow = await outline(app, programme, kenmerken="gereed:2025")
    assert [heading["code"] for heading in narrow["koppen"] if "leeg" in heading] == ["3_4"]
    answer = await does(app, programme, "ruben", "5.3.1", "wijzigen", doelen=["5_3", "3_4"])
    assert answer.status_code == 201, answer.text
    view = await outline(app, programme)
    assert one(view, "5.3.1")["onderKoppen"] == ["5_3", "3_4"]
    assert not [heading for heading in view["koppen"] if "leeg" in heading]
    assert view["kosten"]["aantal"] == 34, "an action of two goals counts once"


@pytest.mark.requirement("DM-09", "DM-11", "DM-19")
async def test_the_action_that_follows_the_research_waits_for_it(app: Database, programme: Partnership) -> None:
    waits = one(await outline(app, programme), "1.6.2")["wachtOp"]
    assert [(each["indelingsnummer"], each["gereed"]) for each in waits] == [("1.6.1", False)]
    assert waits[0]["naam"].startswith("Onderzoek naar benodigde preventieve ondersteuning")
    early = await does(app, programme, "femke", "1.6.2", "starten")
    assert (early.status_code, early.json()["redenen"][0]["code"]) == (422, "voorganger_gereed")
    assert (await does(app, programme, "femke", "1.6.1", "starten")).status_code == 201
    assert one(await outline(app, programme), "1.6.1")["fase"] == "in uitvoering"
    log = await does(app, programme, "femke", "1.6.1", "voortgang", voortgang="Twintig jongeren zijn gesproken.")
    assert log.status_code == 201
    assert (await does(app, programme, "femke", "1.6.2", "starten")).status_code == 422, "it is not done yet"
    assert (await does(app, programme, "femke", "1.6.1", "afronden")).status_code == 201
    view = await outline(app, programme)
    assert (one(view, "1.6.1")["afloop"], one(view, "1.6.2")["wachtOp"][0]["gereed"]) == ("gereed", True)
    assert (await does(app, programme, "femke", "1.6.2", "starten")).status_code == 201


async def test_who_waits_for_what_stopped_or_is_not_there_goes_on_waiting(
    app: Database, programme: Partnership
) -> None:
    stopped = await does(app, programme, "femke", "1.6.1", "stoppen", reden="Er is geen geld.")
    assert stopped.status_code == 201, stopped.text
    assert (await does(app, programme, "femke", "1.6.2", "starten")).status_code == 422
    assert (await does(app, programme, "ruben", "1.6.2", "wijzigen", wacht_op="9.9.9")).status_code == 201
    waits = one(await outline(app, programme), "1.6.2")["wachtOp"]
    assert waits == [{"indelingsnummer": "9.9.9", "gereed": False}]
    assert (await does(app, programme, "femke", "1.6.2", "starten")).status_code == 422
    assert (await does(app, programme, "ruben", "1.6.2", "wijzigen", wacht_op=None)).status_code == 201
    assert (await does(app, programme, "femke", "1.6.2", "starten")).status_code == 201


@pytest.mark.requirement("DM-05", "DM-09")
async def test_an_action_is_overdue_once_its_year_has_passed_and_it_is_not_done(
    app: Database, programme: Partnership
) -> None:
    passed = {str(year) for year in range(2022, now.today().year)}
    view = await outline(app, programme)
    late = {each["indelingsnummer"] for each in view["zaken"] if each["teLaat"]}
    years = {each["indelingsnummer"]: each.get("uiterlijk", "")[:4] for each in view["zaken"]}
    assert late == {number for number, year in years.items() if year in passed}
    assert set(numbers(await outline(app, programme, teLaat="true"))) == late
    await does(app, programme, "femke", "1.3.1", "starten")
    await does(app, programme, "femke", "1.3.1", "afronden")
    await does(app, programme, "ruben", "1.4.2", "wijzigen", gereed="doorlopend")
    view = await outline(app, programme)
    assert {"1.3.1", "1.4.2"}.isdisjoint(each["indelingsnummer"] for each in view["zaken"] if each["teLaat"])
    assert "uiterlijk" not in one(view, "1.4.2"), "what goes on has no end"


async def test_the_same_file_again_adds_nothing_and_what_people_changed_since_stays(
    app: Database, programme: Partnership
) -> None:
    await does(app, programme, "ruben", "1.2.1", "wijzigen", gereed="2024")
    async with as_member(app, programme, "ruben") as ruben:
        again = (await sends(ruben, programme, ACTIONS)).json()
    assert (again["toegevoegd"], again["gewijzigd"], again["ongewijzigd"], again["verdwenen"]) == (0, 0, 34, [])
    view = await outline(app, programme)
    assert (len(view["zaken"]), one(view, "1.2.1")["uiterlijk"]) == (34, "2024-12-31")


@pytest.mark.requirement("DM-01")
async def test_a_row_that_changed_is_shown_first_and_then_is_an_act_in_the_case(
    app: Database, programme: Partnership
) -> None:
    line = next(each for each in ACTIONS.splitlines() if "gestandaardiseerd overdrachtsprotocol" in each)
    newer = ACTIONS.replace(line, line.replace("2023,Regionaal", "2024,Lokaal"))
    async with as_member(app, programme, "ruben") as ruben:
        shown = (await sends(ruben, programme, newer, trying=True)).json()
        changed = [row for row in shown["regels"] if row["gevolg"] != "ongewijzigd"]
        assert [(row["indelingsnummer"], row["gevolg"], row["regel"]) for row in changed] == [("1.2.2", "gewijzigd", 7)]
        assert [(each["titel"], each["was"], each["wordt"]) for each in changed[0]["verschillen"]] == [
            ("Wanneer afgerond", "2023", "2024"), ("Lokaal of regionaal", "Regionaal", "Lokaal"),
        ]  # fmt: skip
        assert one(await outline(app, programme), "1.2.2")["uiterlijk"] == "2023-12-31", "nothing was kept"
        assert (await sends(ruben, programme, newer)).json()["gewijzigd"] == 1
        assert (await sends(ruben, programme, newer)).json()["ongewijzigd"] == 34
        case_id = one(await outline(app, programme), "1.2.2")["aanvraagId"]
        acts = (await ruben.get(f"/aanvragen/{case_id}/handelingen")).json()
    assert [act["handeling"] for act in acts] == ["registreren", "wijzigen"]
    assert (acts[0]["velden"]["gereed"], acts[1]["velden"]["gereed"]) == ("2023", "2024")
    assert one(await outline(app, programme), "1.2.2")["uiterlijk"] == "2024-12-31"


async def test_a_row_that_is_gone_is_told_and_its_case_stays(app: Database, programme: Partnership) -> None:
    fewer = "".join(each for each in ACTIONS.splitlines(keepends=True) if "inspiratiebijeenkomst" not in each)
    async with as_member(app, programme, "ruben") as ruben:
        told = (await sends(ruben, programme, fewer)).json()
    assert [each["indelingsnummer"] for each in told["verdwenen"]] == ["5.5.2"]
    assert len((await outline(app, programme))["zaken"]) == 34


async def test_a_row_with_other_words_is_a_new_case_with_a_number_that_nobody_had(
    app: Database, programme: Partnership
) -> None:
    renamed = ACTIONS.replace("altijd sprake van een warme overdracht", "sprake van een warme overdracht")
    async with as_member(app, programme, "ruben") as ruben:
        told = (await sends(ruben, programme, renamed)).json()
    new = [row["indelingsnummer"] for row in told["regels"] if row["gevolg"] == "nieuw"]
    assert (new, [each["indelingsnummer"] for each in told["verdwenen"]]) == (["1.2.3"], ["1.2.1"])


async def test_every_fault_of_a_file_is_named_with_its_line_and_column_and_nothing_is_taken_in(
    app: Database, region: Partnership
) -> None:
    broken = (
        ACTIONS.replace('"cb, ko, po en wijkteam"', '"cb, kapper en po"', 1)
        .replace("1.3,,Bij kinderen", "9.9,,Bij kinderen")
        .replace('reguliere inzet gemeente",2022,Regionaal', 'reguliere inzet gemeente",2031,Regionaal', 1)
        .replace("Inrichten actietafel thuiszitters", "", 1)
        .replace("Samen een reëel toekomstperspectief", "Samen een toekomstperspectief")
    )
    async with as_member(app, region, "ruben") as ruben:
        answer = await sends(ruben, region, broken)
    told = [(each["regel"], each["veld"]) for each in answer.json()["invalidParams"]]
    assert answer.status_code == 400
    assert told == [(3, "partners"), (9, "doel"), (26, "gereed"), (36, "doeltekst"), (49, "wat")]
    assert all(each["melding"] and each["herstel"] and each["bestand"] for each in answer.json()["invalidParams"])
    assert (await outline(app, region))["zaken"] == []


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "geen tekst"), (b"\xff\xfe\x00", "niet als tekst"), (b"a,b\n1,2\n", "ontbreekt"),
        (ACTIONS.splitlines()[0].encode(), "geen enkele zaak"), (ACTIONS.replace("kind,", "soort,", 1).encode(), "ontbreekt"),
        (ACTIONS.encode() + b'action,"x', "CSV"), (ACTIONS.encode() + b"action,x\n", "cellen"),
        ((ACTIONS + ACTIONS.split("\n", 1)[1]).encode(), "ook op regel"),
    ],
)  # fmt: skip
async def test_a_file_that_is_none_is_refused_in_a_sentence(
    app: Database, region: Partnership, content: bytes, part: str
) -> None:
    async with as_member(app, region, "ruben") as ruben:
        for trying in (True, False):
            answer = await sends(ruben, region, content, trying=trying)
            assert answer.status_code == 400, answer.text
            assert part in answer.text
        path = f"/regelingen/{region.scheme_id}/indeling/regels"
        assert (
            await ruben.post(path, content=b"{}", headers=once() | {"Content-Type": "application/json"})
        ).status_code == 415


async def test_a_refusal_halfway_takes_everything_back(app: Database, programme: Partnership) -> None:
    """1.2.2 is done, so its change is refused; the new row before it goes with it."""
    await does(app, programme, "femke", "1.2.2", "starten")
    await does(app, programme, "femke", "1.2.2", "afronden")
    line = next(each for each in ACTIONS.splitlines() if "gestandaardiseerd overdrachtsprotocol" in each)
    extra = line.replace("Er is een gestandaardiseerd", "Er is nog een")
    newer = ACTIONS.replace(line, f"{extra}\n{line.replace('2023', '2024')}")
    async with as_member(app, programme, "ruben") as ruben:
        answer = await sends(ruben, programme, newer)
    assert answer.status_code == 400
    assert [each["regel"] for each in answer.json()["invalidParams"]] == [8]
    assert len((await outline(app, programme))["zaken"]) == 34


async def test_who_is_not_of_the_programme_sees_nothing_and_only_the_secretary_reads_a_file_in(
    app: Database, programme: Partnership
) -> None:
    path = f"/regelingen/{programme.scheme_id}/indeling"
    for who in ("maud", "nelleke"):
        async with as_member(app, programme, who) as client:
            assert (await client.get(path)).status_code == 403
            assert (await sends(client, programme, ACTIONS)).status_code == 403
            assert (await sends(client, programme, ACTIONS, trying=True)).status_code == 403
    async with as_member(app, programme, "femke") as femke:
        assert (await femke.get(path)).status_code == 200
        for trying in (True, False):
            answer = await sends(femke, programme, ACTIONS, trying=trying)
            assert (answer.status_code, answer.json()["code"]) == (403, "rol")
    async with scope(programme.tenant_id, None) as tx:
        other = await tx.fetchval(
            "SELECT id FROM scheme_version WHERE tenant_id = $1 AND code = 'escalatiemodel'", programme.tenant_id
        )
    async with as_member(app, programme, "ruben") as ruben:
        assert (await ruben.get(f"/regelingen/{other}/indeling")).status_code == 404


async def test_traits_are_projected_with_the_case_and_can_be_made_again_from_its_acts(
    app: Database, programme: Partnership
) -> None:
    await does(app, programme, "ruben", "5.1.1", "wijzigen", partners=["po"], trekker="gemeente")
    async with scope(programme.tenant_id, None) as tx:
        before = [tuple(row) for row in await tx.fetch(TRAITS, programme.tenant_id)]
        await tx.execute("DELETE FROM case_trait WHERE tenant_id = $1", programme.tenant_id)
        for case_id in dict.fromkeys(row[0] for row in before):
            case = await read(tx, case_id)
            await write_projection(tx, case, now.today(), await outside(tx, case))
        after = [tuple(row) for row in await tx.fetch(TRAITS, programme.tenant_id)]
    assert before == after
    case_id = one(await outline(app, programme), "5.1.1")["aanvraagId"]
    kept = {(row[1], row[3]) for row in after if str(row[0]) == case_id}
    assert {value for name, value in kept if name == "partners"} == {"po"}
    assert ("trekker", "gemeente") in kept


@pytest.mark.requirement("DM-02", "DM-12")
async def test_the_page_shows_goals_and_actions_explains_abbreviations_and_tells_a_gap(
    app: Database, programme: Partnership
) -> None:
    async with as_member(app, programme, "femke") as femke:
        femke.base_url = "http://127.0.0.1:8000"  # type: ignore[assignment]
        address = f"/indelingen/{programme.scheme_id}"
        assert address in links(await femke.get("/"), "/indelingen/")
        page = await femke.get(address)
        words = seen(page)
        assert title(page).startswith("Ambities, doelen en acties: Uitwerkingsprogramma")
        assert "34 zaken, waarvan" in words
        assert "Kosten: 12 onbekend; van 5 is ook de dekking onbekend." in words
        assert "geen eigen actie, zie 5.3" in words
        assert "Wacht op 1.6.1: Onderzoek naar benodigde preventieve ondersteuning" in words
        assert '<abbr title="Samenwerkingsverband po">' in page.text
        assert '<abbr title="Schoolmaatschappelijk werk">smw</abbr>' in page.text
        chosen = {"kies-niveau": "regionaal", "kies-gereed": "2023", "kies-partners": "", "teLaat": ""}
        found = await femke.post(address, data=chosen)
        assert found.headers["location"] == f"{address}?kenmerken=niveau:regionaal,gereed:2023"
        narrow = seen(await femke.get(found.headers["location"]))
        assert "10 zaken met deze keuze" in narrow
        assert "1.4 Jeugdprofessionals" not in narrow
        assert not links(page, "/bestand"), "she reads no file in"
        assert (await femke.get(f"{address}/bestand")).status_code == 403


async def test_the_secretary_sees_on_the_page_what_a_file_does_before_he_reads_it_in(
    app: Database, region: Partnership
) -> None:
    async with as_member(app, region, "ruben") as ruben:
        ruben.base_url = "http://127.0.0.1:8000"  # type: ignore[assignment]
        address = f"/indelingen/{region.scheme_id}"
        assert links(await ruben.get(address), "/bestand")
        looked = await ruben.post(
            f"{address}/bestand", files={"bestand": ("a.csv", ACTIONS.encode()), "doen": (None, "kijken")}
        )
        assert "34 nieuw, 0 gewijzigd, 0 zoals de vorige keer. Er is nog niets bewaard." in seen(looked)
        assert "0 zaken" in seen(await ruben.get(address))
        wrong = await ruben.post(
            f"{address}/bestand",
            files={"bestand": ("a.csv", ACTIONS.replace("GGD", "gg").encode()), "doen": (None, "inlezen")},
        )
        assert (wrong.status_code, "Regel 47 , kolom partners" in seen(wrong)) == (422, True)
        done = await ruben.post(f"{address}/bestand", files={"tekst": (None, ACTIONS), "doen": (None, "inlezen")})
        assert (done.status_code, done.headers["location"]) == (303, address)
        assert "34 zaken" in seen(await ruben.get(address))
