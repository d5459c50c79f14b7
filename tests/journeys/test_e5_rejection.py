"""E5: bridging a waiting list is refused beyond three months; a rejection leaves with an advice and somebody who calls."""

import io
from typing import Any

import pypdf
import pytest

from tests.journeys.journey import Journey, begins, declined
from tests.journeys.service import Service

BRIDGING: dict[str, Any] = {
    "wachtlijst": True,
    "overbrugging": True,
    "overbrugging_van": "2024-11-30",
    "overbrugging_tot": "2025-02-28",
    "overname_organisatie": "Jeugdhulp Aan de Dommel",
    "overname_op": "2025-02-28",
    "overbrugging_reden": "Door de wachttijd valt deze leerling tussen wal en schip.",
    "periode_van": "2024-11-30",
    "periode_tot": "2025-02-28",
}


@pytest.fixture
def november(service: Service) -> Service:
    service.goes_to("2024-11-25")
    return service


@pytest.mark.requirement("R36-26", "R36-27")
def test_four_months_of_bridging_are_refused_and_three_end_on_the_last_of_february(november: Service) -> None:
    case = begins(november, **BRIDGING | {"overbrugging_tot": "2025-03-30"})
    refusal = declined(case.does, "bas", "indienen")
    assert [(code, message) for code, message, _ in refusal.grounds] == [
        ("overbrugging_kort", "Een overbrugging duurt hooguit 3 kalendermaanden.")
    ]
    november.person("bas").save(case.case_id, {"overbrugging_tot": "2025-03-01"})
    assert declined(case.does, "bas", "indienen").codes == ["overbrugging_kort"]
    november.person("bas").save(case.case_id, {"overbrugging_tot": "2025-02-28"})
    case.is_filed()
    clock = case.clock("overbrugging")
    assert (clock["soort"], clock["begonnenOp"], clock["uiterlijk"]) == ("maximum", "2024-11-30", "2025-02-28")


@pytest.mark.requirement("R36-26", "R36-27")
def test_a_waiting_list_alone_is_no_ground_and_the_exception_names_who_takes_over_and_when(november: Service) -> None:
    without = {name: None for name in BRIDGING if name.startswith("over")}
    case = begins(november, **BRIDGING | without | {"overbrugging": False})
    assert declined(case.does, "bas", "indienen").codes == ["geen_wachtlijst"]
    case = begins(
        november, **BRIDGING | {"overname_organisatie": None, "overname_op": None, "overbrugging_reden": None}
    )
    refusal = declined(case.does, "bas", "indienen")
    places = {each["veld"] for each in refusal.problem["redenen"]}
    assert places == {"overname_organisatie", "overname_op", "overbrugging_reden"}


def rejected(service: Service) -> Journey:
    case = begins(service, **BRIDGING).is_under_review()
    case.votes("sjoerd", "tegen", "De gemeente kan dit eerder oplossen.")
    assert case.votes("nadir", "tegen", "Eerst het wijkteam.")["uitkomsten"] == ["beoordeling: afwijzing"]
    return case


@pytest.mark.requirement("R36-44", "R36-49")
def test_two_noes_reject_and_no_letter_leaves_without_an_advice(november: Service) -> None:
    case = rejected(november)
    assert case.tasks("jolijn") == ["Advies bij afwijzing vastleggen en besluit verzenden"]
    assert (case.phase, case.standing("bas")["fase"]) == ("besluit", "beoordeling")
    refusal = declined(case.does, "jolijn", "besluit_verzenden")
    assert refusal.status == 422
    assert refusal.codes == ["advies_bij_afwijzing", "beller_bij_afwijzing"]
    assert declined(case.does, "jolijn", "advies_vastleggen", advies="").codes == ["ontbreekt"]
    assert not [subject for subject in case.mails("bas.coster@") if subject.startswith("Besluit")]
    case.does("jolijn", "advies_vastleggen", advies="Vraag het wijkteam om een brugplek.")
    case.does("jolijn", "bellen_afspreken", zetel="swv_3006")
    case.does("jolijn", "besluit_verzenden")
    (subject,) = [each for each in case.mails("bas.coster@") if each.startswith("Besluit")]
    assert subject == f"Besluit op uw aanvraag {case.number}"
    (mail,) = november.mails(subject, "bas.coster@")
    assert "Een van de beoordelaars belt u voor een toelichting." in mail.text
    assert "brugplek" not in mail.text
    text = " ".join(pypdf.PdfReader(io.BytesIO(case.letter())).pages[0].extract_text().split())
    assert "niet toekennen" in text
    assert "Ons advies hoe u verder kunt: Vraag het wijkteam om een brugplek." in text
    assert case.phase == case.standing("bas")["fase"] == "afgewezen"
    row = november.sql("SELECT count(*) FROM book_entry WHERE case_id = $1::uuid", case.case_id)
    assert row[0][0] == 0


@pytest.mark.requirement("R36-50")
def test_who_calls_has_a_task_with_a_done_flag(november: Service) -> None:
    case = rejected(november)
    case.does("jolijn", "advies_vastleggen", advies="Vraag het wijkteam om een brugplek.")
    case.does("jolijn", "bellen_afspreken", zetel="swv_3006")
    assert case.tasks("sjoerd") == ["Bel de school voor een toelichting"]
    assert case.tasks("nadir") == []
    case.does("jolijn", "besluit_verzenden")
    case.does("sjoerd", "gebeld")
    assert case.tasks("sjoerd") == []
    assert case.tasks("sjoerd", "afgerond") == ["Bel de school voor een toelichting"]
