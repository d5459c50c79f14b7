"""E11: an OZA in the Kop van Noord-Holland, asked by the parents on Friday 21 February 2025, decided within eight weeks by the college.

Mirte of the school begins the case and lets Hanna Bos in with a link; Hanna fills in and files on the pages, as her son Mees answers
there. Jelmer of the wijkteam, Carla of the college and Sietske of the SWV work over the API.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from tests.guests import FORM
from tests.journeys.journey import SAAR, Journey, declined, joins, opens, words
from tests.journeys.parents import Parent, Told, all_leave
from tests.journeys.service import Service
from tests.tenants.test_kop_van_noord_holland import NOTHING_FITS

TENANT, SCHEME, SCHOOL = "kop-van-noord-holland", "oza", "Duinpoort College"
WHY = "Zonder begeleiding kan Mees niet naar school."
GRANT = {"besluit": "toegekend", "motivering": WHY}
NAMES = ("Mees", "Bos", "Hanna")
NOT_DIGID = "identiteit niet met DigiD vastgesteld"


@dataclass
class Family(Journey):
    """A case that the school began, with Hanna who was let in for it."""

    hanna: Parent = None  # type: ignore[assignment]  # a dataclass's field after fields with defaults

    def asks(self, button: str = "doe", **changes: str) -> "Family":
        """Hanna fills in what is asked and files. Raises Told."""
        asked = {**FORM, **{f"v.{name}": value for name, value in changes.items()}}
        self.hanna.sends("indienen", asked, "bewaren")
        self.hanna.sends("indienen", {"v.school": SCHOOL}, button)
        self.number = self.person("jelmer").get(self.path)["zaaknummer"]
        return self

    def lets_in(self, role: str, who: str = "mirte") -> Parent:
        guest = Parent(self.service, self.tenant, f"{role}-{uuid4().hex[:8]}@thuis.example")
        self.person(who).post(f"{self.path}/gasten", {"rol": role, "mail": guest.address})
        guest.enters()
        return guest

    def with_opp(self) -> "Family":
        """The school gives the OPP, as the parents allowed."""
        kept = self.person("mirte").upload(self.case_id, "opp", SAAR / "opp.pdf")
        self.does("mirte", "aanvullen", opp=[kept["id"]], opp_akkoord_ouders=True, opp_route="toestemming")
        return self

    def needs(self, *rows: str) -> "Family":
        self.does("jelmer", "aanvullen", behoefte=list(rows))
        return self

    def agreed(self) -> "Family":
        """School and wijkteam agree on the content, each from its own chair."""
        self.does("mirte", "inhoud_beoordelen", stem="voor")
        self.does("jelmer", "inhoud_beoordelen", stem="voor")
        return self

    def agree_themselves(self) -> "Family":
        """Hanna and Mees each answer for themselves."""
        self.hanna.enters()
        self.hanna.sends("toestemming_vastleggen", {"v.stand": "gegeven"})
        mees = self.lets_in("jeugdige")
        mees.sends("toestemming_vastleggen", {"v.stand": "gegeven", "v.eigen_mening": "Ik wil graag naar school."})
        return self

    def codes(self, who: str, kind: str, **fields: Any) -> list[str]:
        return declined(self.does, who, kind, **fields).codes


@pytest.fixture
def friday(service: Service) -> Iterator[Service]:
    yield joins(service, TENANT, "2025-02-21")
    all_leave()


def begun(service: Service) -> Family:
    """A case that Mirte began, and Hanna inside."""
    made = opens(service, TENANT, "mirte", SCHEME, {}, office="jelmer")
    case = Family(service, made.case_id, "mirte", "jelmer", TENANT)
    case.hanna = case.lets_in("ouder")
    return case


def asked(service: Service, *needs: str, **changes: str) -> Family:
    return begun(service).asks(**changes).needs(*(needs or ("diagnostiek",)))


def ready(service: Service, *needs: str, **changes: str) -> Family:
    """Nothing stands in the way of a grant."""
    case = asked(service, *needs, **changes).with_opp().agreed().agree_themselves()
    case.does("jelmer", "voorliggend_nagaan", **NOTHING_FITS)
    case.does("jelmer", "regisseur_aanwijzen", regisseur="wijkteam")
    return case


@pytest.mark.requirement("KOP-07", "KOP-18", "KOP-19", "KOP-20", "KOP-57")
def test_the_end_date_is_22_april_and_completing_on_20_march_makes_it_28_april(friday: Service) -> None:
    case = asked(friday)
    clock = case.clock("besluit")
    assert clock["uiterlijk"] == "2025-04-22"
    why = " ".join(step["uitleg"] for step in clock["afleiding"])
    assert "Goede Vrijdag" in why
    assert "Tweede Paasdag" in why
    assert "22 april 2025" in case.hanna.sees()
    for to in ("mirte.slot@", "carla.duin@", "jelmer.bakker@", "sietske.kolder@"):
        assert case.mails(to) == [f"Nieuwe aanvraag {case.number}"], to
    for mail in friday.mails(case.number, tenant=TENANT):
        assert "22-04-2025" in mail.text
        assert not [name for name in NAMES if name in mail.text + mail.html]
    friday.goes_to("2025-03-10")
    case.does("carla", "uitnodigen")
    assert case.mails(case.hanna.address)[-1] == f"Aanvraag {case.number} is nog niet compleet"
    friday.goes_to("2025-03-20")
    assert "Aanvraag aanvullen" in case.hanna.enters(), (
        "after her visit of February she comes back by the link of that mail"
    )
    opp = [("v.opp", ("opp.pdf", (SAAR / "opp.pdf").read_bytes(), "application/pdf"))]
    case.hanna.sends("aanvullen", {"v.opp_akkoord_ouders": "ja", "v.opp_route": "overgelegd"}, files=opp)
    clock = case.clock("besluit")
    assert clock["uiterlijk"] == "2025-04-28"
    assert "28 april 2025" in case.hanna.sees()


@pytest.mark.requirement("KOP-08", "KOP-09")
def test_a_family_guardian_is_refused_with_the_reason_and_a_guardian_is_accepted(friday: Service) -> None:
    case = begun(friday)
    with pytest.raises(Told) as told:
        case.asks(hoedanigheid="gezinsvoogd")
    assert "Een gezinsvoogd heeft geen gezag: dan dienen de ouders in." in told.value.words
    assert not case.standing("mirte")["termijnen"]
    assert case.asks(hoedanigheid="voogd").standing("mirte")["fase"] == "besluit"


def test_the_act_the_case_and_the_trail_say_that_identity_was_not_established_with_digid(friday: Service) -> None:
    case = asked(friday)
    for who in ("mirte", "jelmer", "carla"):
        first = case.person(who).get(f"{case.path}/handelingen")[0]
        assert first["handeling"] == "indienen"
        assert first["identificatie"]["melding"].startswith(NOT_DIGID)
        assert first["identificatie"]["vastgesteldOp"].startswith("2025-02-21")
        assert case.standing(who)["identificaties"] == [first["identificatie"]]
    assert NOT_DIGID in case.hanna.sees()
    trail = "SELECT details FROM audit_entry WHERE object_id = $1::uuid AND what = 'handeling.indienen'"
    ((details,),) = case.service.sql(trail, case.case_id)
    assert '"digid": false' in str(details)


@pytest.mark.requirement("KOP-03", "KOP-05", "KOP-11", "KOP-12", "KOP-21", "KOP-22")
def test_without_opp_content_preceding_laws_and_consent_there_is_no_grant_and_no_money_is_no_ground(
    friday: Service,
) -> None:
    case = asked(friday)
    friday.goes_to("2025-03-03")
    assert set(case.codes("carla", "besluiten", **GRANT)) == {
        "geen_opp_geen_jeugdhulp", "voorliggend_nagegaan", "toestemming_jeugdhulp", "eerst_inhoud",
    }  # fmt: skip
    no_money = {"besluit": "afgewezen", "grond": "geen_budget", "motivering": "Het geld is op."}
    assert declined(case.does, "carla", "besluiten", **no_money).status == 400
    assert declined(case.does, "sietske", "verdeling_vastleggen", deel_gemeente=80, deel_school=20).status == 409
    case.with_opp().agreed().does("jelmer", "voorliggend_nagaan", **{**NOTHING_FITS, "zvw": "past"})
    assert set(case.codes("carla", "besluiten", **GRANT)) == {"voorliggend_nagegaan", "toestemming_jeugdhulp"}
    case.does("jelmer", "voorliggend_nagaan", **NOTHING_FITS)
    case.hanna.enters()
    case.hanna.sends("toestemming_vastleggen", {"v.stand": "gegeven"})
    assert case.codes("carla", "besluiten", **GRANT) == ["toestemming_jeugdhulp"], "from twelve on the youth is heard"
    mees = case.lets_in("jeugdige")
    mees.sends("toestemming_vastleggen", {"v.stand": "geweigerd", "v.eigen_mening": "Liever niet, maar het moet."})
    case.does("carla", "besluiten", **GRANT)
    assert case.phase == "uitvoering"
    letter = words(case.letter("carla"))
    kept = case.person("mirte").get(f"{case.path}/bijlagen")
    assert "brief" not in {each["soort"] for each in kept}, "what went to the parents is not the school's"
    assert "Geachte Hanna Bos," in letter
    assert "21 februari 2025 jeugdhulp aan" in letter
    assert WHY in letter
    assert "tot en met 14 april 2025" in letter
    assert case.mails(case.hanna.address)[-1] == f"Besluit op uw aanvraag {case.number}"
    case.hanna.enters()
    page = case.hanna.client.get("/mijn-aanvraag").text
    (file,) = {part for part in page.split('"') if part.startswith("/mijn-aanvraag/bestanden/")} - _files(page, "OPP")
    assert words(case.hanna.client.get(file).content) == letter
    case.does("sietske", "verdeling_vastleggen", deel_gemeente=80, deel_school=20)


def _files(page: str, name: str) -> set[str]:
    return {
        part.split('"')[1] for part in page.split("<a ") if f">{name}" in part and "/mijn-aanvraag/bestanden/" in part
    }


@pytest.mark.requirement("KOP-06", "KOP-10")
def test_when_the_youth_turns_sixteen_his_decision_is_asked_and_his_parents_are_informed(friday: Service) -> None:
    case = asked(friday, **{"jeugdige.geboortedatum": "20-03-2009"})
    case.hanna.enters()
    case.hanna.sends("toestemming_vastleggen", {"v.stand": "gegeven"})
    mees = case.lets_in("jeugdige", "jelmer")
    mees.sends("toestemming_vastleggen", {"v.stand": "geweigerd", "v.eigen_mening": "Liever niet."})
    assert case.standing()["toestemmingen"]["jeugdhulp"] == "gegeven", "at fifteen he is heard"
    friday.goes_to("2025-03-20")
    task = "De jeugdige heeft een leeftijd bereikt waarop een ander beslist of meespreekt: vraag opnieuw"
    assert task in case.tasks("jelmer")
    assert case.standing()["toestemmingen"]["jeugdhulp"] == "geweigerd", "at sixteen he decides"
    guests = case.person("jelmer").get(f"{case.path}/gasten")
    for guest in guests:
        case.person("jelmer").post(f"{case.path}/gasten/{guest['id']}/_stuur", {})
    case.hanna.enters()
    case.hanna.sends("toestemming_vastleggen", {"v.stand": "geweigerd"})
    mees.enters()
    mees.sends("toestemming_vastleggen", {"v.stand": "gegeven", "v.eigen_mening": "Nu wel."})
    assert case.standing()["toestemmingen"]["jeugdhulp"] == "gegeven", "his parents' word informs"


@pytest.mark.requirement("KOP-14", "KOP-29", "KOP-30", "KOP-31", "KOP-32", "KOP-33", "KOP-69")
def test_a_care_farm_waits_for_both_and_for_the_inspectorate_and_its_share_of_education_is_made_concrete(
    friday: Service,
) -> None:
    case = asked(friday, "zorgboerderij", zorglocatie="ja")
    inspectorate = {"wie": "inspectie", "stand": "gevraagd"}
    assert case.codes("mirte", "variawet_vastleggen", **inspectorate) == ["variawet_met_opp"]
    case.with_opp().agreed().agree_themselves().does("jelmer", "voorliggend_nagaan", **NOTHING_FITS)
    case.does("carla", "besluiten", **GRANT)
    assert set(case.codes("mirte", "plaatsen")) == {"periode_gezamenlijk", "variawet"}
    period = {"stem": "voor", "periode": "Drie ochtenden per week, tot de zomer."}
    case.does("mirte", "afwezigheid_vaststellen", **period)
    assert "periode_gezamenlijk" in case.codes("mirte", "plaatsen")
    case.does("jelmer", "afwezigheid_vaststellen", **period)
    case.does("mirte", "variawet_vastleggen", **inspectorate)
    assert case.offer("plaatsen", "mirte")["belemmeringen"] == []
    case.does("mirte", "plaatsen")
    warned = "SELECT consequences->'warned' FROM case_act WHERE case_id = $1::uuid AND kind = 'plaatsen'"
    assert "variawet_nog_open" in str(friday.sql(warned, case.case_id)[0][0])
    share = {"deel_gemeente": 80, "deel_school": 20}
    concrete = {
        "verzorgen_van_onderwijs": "Twee ochtenden les op de boerderij.",
        "doel_en_perspectief": "Terug naar school.",
    }
    assert set(case.codes("sietske", "verdeling_vastleggen", **share)) == {"eerst_gesprek", "verzorgen_van_onderwijs"}
    case.does("jelmer", "gesprek_voeren", afspraken="De gemeente betaalt de boerderij, de school het onderwijs.")
    assert case.codes("sietske", "verdeling_vastleggen", **share) == ["verzorgen_van_onderwijs"]
    case.does("sietske", "verdeling_vastleggen", **share, **concrete)
    kept = case.person("jelmer").get(f"{case.path}/handelingen")[-1]["velden"]
    assert {**share, **concrete}.items() <= kept.items()
    case.does("mirte", "variawet_vastleggen", wie="inspectie", stand="geweigerd")
    assert "De inspectie heeft de Variawet-toestemming geweigerd: herzie de plaatsing" in case.tasks("jelmer")


@pytest.mark.requirement("KOP-15", "KOP-36", "KOP-37", "KOP-67", "KOP-70")
def test_a_porous_row_asks_a_talk_and_without_one_a_grey_area_that_is_reported_starts_it(friday: Service) -> None:
    porous = asked(friday, "vraag_jeugdige").agreed()
    (needs,) = porous.standing("carla")["behoeften"]
    assert needs["gesprek"] == "altijd"
    share = {"deel_gemeente": 50, "deel_school": 50}
    assert porous.codes("sietske", "verdeling_vastleggen", **share) == ["eerst_gesprek"]
    plain = asked(friday, "behandeling").agreed()
    (needs,) = plain.standing("carla")["behoeften"]
    assert (needs["gesprek"], needs["betalers"]) == ("kan", ["gemeente"])
    plain.does("sietske", "grijs_gebied_melden")
    task = "Grijs gebied: plan het gesprek over verantwoordelijkheid en financiën"
    assert task in plain.tasks("jelmer")
    assert task in plain.tasks("sietske")
    assert plain.codes("sietske", "verdeling_vastleggen", **share) == ["eerst_gesprek"]
    plain.does("mirte", "gesprek_voeren", afspraken="De gemeente betaalt.")
    plain.does("sietske", "verdeling_vastleggen", **share)


@pytest.mark.requirement("KOP-01", "KOP-24", "KOP-63")
def test_each_party_reads_what_the_scheme_opens_and_another_municipality_nothing(friday: Service) -> None:
    case = asked(friday)
    mirte, sietske, sem = case.person("mirte"), case.person("sietske"), case.person("sem")
    school = set(mirte.get(case.path)["antwoorden"])
    assert school == {
        "jeugdige", "aanvrager", "school", "sector", "overleg", "op_school", "zorglocatie", "hulpvraag", "behoefte",
    }  # fmt: skip
    assert sietske.get(f"{case.path}/stand")["fase"]
    assert declined(sietske.get, case.path).status == 403
    case.agreed()
    assert set(sietske.get(case.path)["antwoorden"]) == {"school", "sector", "zorglocatie"}
    assert "hulpvraag" in case.person("carla").get(case.path)["antwoorden"]
    for path in (
        case.path,
        f"{case.path}/stand",
        f"{case.path}/handelingen",
        f"{case.path}/bijlagen",
        f"{case.path}/gasten",
    ):
        assert declined(sem.get, path).status == 403
    mees = case.lets_in("jeugdige")
    assert "hulp nodig" in mees.sees()
    assert "Hanna" not in mees.sees()


def test_the_log_of_every_process_and_the_mailbox_hold_no_secret_and_no_name(friday: Service) -> None:
    case = ready(friday)
    case.does("carla", "besluiten", **GRANT)
    friday.settles()
    logs = "".join(path.read_text(errors="replace") for path in friday.settings.data.glob("*.log"))
    assert logs
    for word in (*NAMES, case.hanna.address, "/toegang#"):
        assert word not in logs, word
