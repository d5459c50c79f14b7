"""Two regions on one service (the isolation part of E15): one person in both, one school in both, and nothing that crosses.

Every route with a stranger's session or token stands in tests/isolation; here are people who do belong in both.
"""

import pytest

from maatwerk import clock
from maatwerk.local.client import Person, wait_for
from tests.journeys.journey import Journey, begins, declined
from tests.journeys.service import Service

HERE, THERE = "regio-36", "buurregio"
WAITING_JOB = """
    INSERT INTO outbox (tenant_id, id, handler, message, payload, posted_at, next_at)
    SELECT t.id, gen_random_uuid(), 'anonymisation.make_pack', 'PackWanted',
        jsonb_build_object('case_id', $1::text), $2, $2
    FROM tenant t WHERE t.code = 'buurregio' RETURNING id
"""


@pytest.fixture
def monday(service: Service) -> Service:
    service.goes_to("2024-09-02")
    return service


def here(service: Service) -> Journey:
    return begins(service)


def there(service: Service) -> Journey:
    return begins(service, "teun", "wies", THERE, school="Lindelaan College")


def numbers(person: Person) -> set[str]:
    return {str(case.get("zaaknummer")) for case in person.listed("/aanvragen")}


@pytest.mark.requirement("ALL-01")
def test_each_region_has_its_own_cases_numbers_texts_schools_and_books(monday: Service) -> None:
    ours, theirs = here(monday).is_filed(), there(monday).is_filed()
    jolijn, wies = monday.person("jolijn"), monday.person("wies", THERE)
    assert [row["id"] for row in jolijn.listed("/aanvragen", zaaknummer=ours.number)] == [ours.case_id]
    assert theirs.case_id not in [row["id"] for row in jolijn.listed("/aanvragen")]
    assert [row["id"] for row in wies.listed("/aanvragen", zaaknummer=theirs.number)] == [theirs.case_id]
    assert {each["id"] for each in jolijn.get("/regelingen")}.isdisjoint(each["id"] for each in wies.get("/regelingen"))
    assert {each["naam"] for each in wies.listed("/scholen")} == {"Lindelaan College", "KW1C"}
    assert "Lindelaan College" not in {each["naam"] for each in jolijn.listed("/scholen")}
    assert {each["id"] for each in jolijn.get("/boeken")}.isdisjoint(each["id"] for each in wies.get("/boeken"))
    assert theirs.mails("teun.lindeman@") == [f"Uw aanvraag {theirs.number} is ontvangen"]
    (mail,) = monday.mails(theirs.number, "teun.lindeman@", THERE)
    assert "interventiebudget@buurregio.example" in mail.text
    assert "regio36" not in mail.text


@pytest.mark.requirement("ALL-01")
def test_what_is_anothers_is_not_there_to_list_read_change_fetch_or_follow(monday: Service) -> None:
    theirs = there(monday).is_complete()
    theirs.pack()
    (consent,) = theirs.person("teun").get(f"{theirs.path}/bijlagen")
    for who in ("bas", "jolijn", "dorien", "astrid", "gijs", "meryem"):
        person = monday.person(who)
        for path in ("", "/stand", "/handelingen", "/bijlagen", f"/bijlagen/{consent['id']}", "/pakket",
                     "/beoordelingspakket", "/zetels", "/betrokkenen", "/dubbelen"):  # fmt: skip
            assert declined(person.get, theirs.path + path).status in (403, 404), (who, path)
        body = {"handeling": "vrijgeven", "velden": {}}
        assert declined(person.post, f"{theirs.path}/handelingen", body, version='"1"').status in (403, 404)
    assert list(monday.person("jolijn").listed("/verzendingen", aanvraagId=theirs.case_id)) == []
    assert list(monday.person("jolijn").listed("/taken", aanvraagId=theirs.case_id, van="iedereen")) == []
    assert list(monday.person("meryem").listed("/inzagelog", aanvraagId=theirs.case_id)) == []


@pytest.mark.requirement("ALL-08")
def test_a_reviewer_of_two_regions_sees_one_at_a_time(monday: Service) -> None:
    ours, theirs = here(monday).is_under_review(), there(monday).is_complete()
    theirs.pack()
    theirs.does("wies", "vrijgeven", kleine_groep_gezien=True)
    at_home, abroad = monday.person("dorien"), monday.person("dorien", THERE)
    listed = [
        file.parent.name for file in monday.settings.tenants.glob("*/demo.toml") if "Dorien Meijs" in file.read_text()
    ]
    assert {HERE, THERE} <= set(listed)
    assert {each["code"] for each in at_home.listed("/partnerschappen")} == set(listed)
    assert ours.case_id in [row["id"] for row in at_home.listed("/werklijst", rol="reviewer")]
    assert theirs.case_id not in [row["id"] for row in at_home.listed("/werklijst", rol="reviewer")]
    assert declined(at_home.get, f"{theirs.path}/beoordelingspakket").status == 404
    assert declined(abroad.get, f"{ours.path}/beoordelingspakket").status == 404
    assert abroad.get(f"{theirs.path}/beoordelingspakket")["stoel"] == "de_meierij"
    assert theirs.votes("dorien", "voor")["uitkomsten"] == []
    assert ours.reads("sjoerd")["adviezen"] == []


@pytest.mark.requirement("ALL-09")
def test_a_school_a_partnership_and_a_pupil_may_belong_to_two_regions_that_learn_nothing_of_each_other(
    monday: Service,
) -> None:
    in_both = monday.sql(
        "SELECT o.name, count(DISTINCT o.organisation_id) FROM tenant_organisation o JOIN tenant t ON t.id = o.tenant_id"
        " WHERE t.code IN ('regio-36', 'buurregio') GROUP BY o.name HAVING count(*) = 2 ORDER BY o.name"
    )
    assert [tuple(row) for row in in_both] == [("KW1C", 2), ("Samenwerkingsverband VO De Meierij", 2)]
    pupil = {"voornaam": "Ilse", "achternaam": "Grensgeval", "geboortedatum": "2007-05-05"}
    ours = begins(monday, "okke", sector="mbo", school="KW1C", leerling=pupil, woongemeente="Tiel").is_filed()
    theirs = begins(monday, "karin", "wies", THERE, sector="mbo", school="KW1C", leerling=pupil).is_filed()
    again = begins(monday, "okke", sector="mbo", school="KW1C", leerling=pupil).is_filed()
    assert [each["aanvraagId"] for each in monday.person("jolijn").get(f"{again.path}/dubbelen")] == [ours.case_id]
    assert monday.person("wies", THERE).get(f"{theirs.path}/dubbelen") == []
    assert monday.person("karin").get("/werklijst", rol="reviewer")["resultaten"] is not None
    assert declined(monday.person("karin").get, theirs.path).status in (403, 404)


@pytest.mark.requirement("ALL-01")
def test_a_job_of_one_region_about_a_case_of_another_does_nothing(monday: Service) -> None:
    ours = here(monday).is_filed()
    (job,) = monday.sql(WAITING_JOB, ours.case_id, clock.now())
    try:
        state = "SELECT attempts, failure, done_at FROM outbox WHERE id = $1"
        found = wait_for(lambda: next((row for row in monday.sql(state, job["id"]) if row["failure"]), None))
    finally:
        monday.sql("DELETE FROM outbox WHERE id = $1", job["id"])
    assert (found["failure"], found["done_at"]) == ("zaak_onbekend", None)
    assert monday.sql("SELECT count(*) FROM pack WHERE case_id = $1::uuid", ours.case_id)[0][0] == 0


@pytest.mark.requirement("R36-31")
def test_another_contact_person_is_one_change_in_the_tenants_file(monday: Service) -> None:
    file = monday.settings.tenants / THERE / "tenant.toml"
    before = file.read_text(encoding="utf-8")
    changed = before.replace('naam = "Wies Haverman"', 'naam = "Lou de Bree"').replace("06-00000099", "06-00000098")
    file.write_text(changed, encoding="utf-8")
    monday.loads_tenants()
    case = there(monday).is_filed()
    assert case.mails()
    (mail,) = monday.mails(case.number, tenant=THERE)
    assert "Lou de Bree" in mail.text
    assert "06-00000098" in mail.text
    assert ("Van", "Lou de Bree via maatwerk <no-reply@maatwerk.example>") in mail.headers
    assert "Wies" not in mail.text
