"""Books: floors, ceilings, thresholds and written reasons; parts with a ceiling of their own; an entry per row; settling."""

from datetime import date
from typing import Any

import pytest

from maatwerk.rules.acts import Act, Actor, Facts
from maatwerk.rules.books import Balance
from maatwerk.rules.eligibility import examine
from maatwerk.rules.history import fold
from maatwerk.rules.judge import judge
from maatwerk.rules.parts import left, pots
from maatwerk.rules.refusals import Refused
from maatwerk.rules.rejudge import rejudge
from maatwerk.rules.rooms import Pot, Room
from maatwerk.rules.scheme import Scheme
from tests.schemes import done, small

GRANT = """
[formulier.gemeente]
soort = "gemeente"
titel = "Gemeente"
verplicht = ["indienen"]
[formulier.aanbieder]
soort = "tekst"
titel = "Aanbieder"
[handeling.toekennen]
titel = "Toekennen"
door = ["bureau"]
wanneer = "open"
effecten = [{ soort = "vastleggen", boek = "budget", bedrag = "deze.bedrag", begunstigde = "aanbieder", kenmerk = "MW {{zaaknummer}}" }]
[handeling.toekennen.velden.bedrag]
soort = "bedrag"
titel = "Bedrag"
verplicht = ["toekennen"]
[handeling.toekennen.velden.waarom]
soort = "lange_tekst"
titel = "Onderbouwing"
[handeling.reserveren]
titel = "Reserveren"
door = ["bureau"]
wanneer = "open"
effecten = [{ soort = "reserveren", boek = "budget", bedrag = "deze.bedrag" }]
velden.bedrag = { soort = "bedrag", titel = "Bedrag", verplicht = ["reserveren"] }
[handeling.vaststellen]
titel = "Vaststellen"
door = ["bureau"]
wanneer = "open"
effecten = [{ soort = "vaststellen", boek = "budget", bedrag = "deze.bedrag" }]
velden.bedrag = { soort = "bedrag", titel = "Bedrag", verplicht = ["vaststellen"] }
[handeling.betalen]
titel = "Betalen"
door = ["bureau"]
wanneer = "open"
effecten = [{ soort = "betalen", boek = "budget", bedrag = "deze.bedrag" }]
velden.bedrag = { soort = "bedrag", titel = "Bedrag", verplicht = ["betalen"] }
[handeling.vrijgeven]
titel = "Vrijgeven"
door = ["bureau"]
wanneer = "open"
effecten = [{ soort = "vrijgeven", boek = "budget", bedrag = "deze.bedrag" }]
velden.bedrag = { soort = "bedrag", titel = "Bedrag", verplicht = ["vrijgeven"] }
[tekst.grens]
onderwerp = "Grens"
inhoud = "{{grens}}"
[boek.budget]
titel = "Budget"
eenheid = "eurocent"
"""
FILED = ("indienen", "2024-09-02", {"vraag": "x", "gemeente": "Boxtel"})
DAY = "2024-09-03"


def book(policy: str, more: str = "") -> Scheme:
    return small(f'{GRANT}beleid = "{policy}"\n{more}')


def deeds(scheme: Scheme, *amounts: tuple[str, int] | tuple[str, int, str], room: Any = None) -> list[Act]:
    """A filing, and then acts with an amount (and a written reason). `room` is what the book has left, or rooms by pot."""
    rooms = room if isinstance(room, dict) else {Pot("budget"): left(scheme, Pot("budget"), room)}
    given = [(kind, DAY, {"bedrag": amount} | ({"waarom": why[0]} if why else {})) for kind, amount, *why in amounts]
    return done(scheme, FILED, *given, facts=Facts(room=rooms))


def followed(acts: list[Act]) -> list[tuple[str, int, int]]:
    return [(e.kind, e.amount, e.over) for e in acts[-1].consequences.effects]


def refused(scheme: Scheme, *amounts: Any, room: Any = None) -> list[str]:
    with pytest.raises(Refused) as refusal:
        deeds(scheme, *amounts, room=room)
    return [f"{reason.code}: {reason.message} {reason.mend}" for reason in refusal.value.reasons]


def test_a_hard_ceiling_refuses_a_commitment_and_a_reservation_that_do_not_fit() -> None:
    hard = book("hard", "plafond = 1_000\n")
    assert followed(deeds(hard, ("toekennen", 1_000), room=1_000)) == [("vastleggen", 1_000, 0)]
    assert refused(hard, ("toekennen", 1_001), room=1_000)[0].startswith("plafond: Budget: er is onvoldoende ruimte")
    assert "reserveren" in refused(hard, ("reserveren", 1_001), room=1_000)[0]
    assert refused(hard, ("toekennen", 600), ("toekennen", 401), room=1_000)[0].startswith("plafond")


def test_what_a_case_reserved_is_room_for_the_case_itself() -> None:
    hard = book("hard", "plafond = 1_000\n")
    acts = deeds(hard, ("reserveren", 1_000), ("toekennen", 800), room=1_000)
    assert fold(hard, acts).books["budget"] == Balance(reserved=200, committed=800)
    full = {Pot("budget"): Room(ceiling=1_000, reserved=1_000, own_reserved=0)}
    assert refused(hard, ("toekennen", 1), room=full)[0].startswith("plafond")


@pytest.mark.requirement("ROOS-26")
def test_a_floor_tells_that_it_is_reached_and_never_refuses_and_a_ceiling_beside_it_does() -> None:
    follow = 'bij_vloer = { taak = "De afgesproken plekken zijn bereikt", rol = "bureau" }\n'
    floor = book("vloer", f"vloer = 25\n{follow}")
    for lacking, told in ((2, False), (1, True), (0, True), (-3, True)):
        acts = deeds(floor, ("toekennen", 1), room=lacking)
        assert any(e.kind == "taak" for e in acts[-1].consequences.effects) is told
    capped = book("vloer", f"vloer = 25\nplafond = 30\n{follow}")
    acts = deeds(capped, ("toekennen", 25), ("toekennen", 5), room=30)
    assert [e.title for e in acts[-1].consequences.effects if e.kind == "taak"] == [
        "De afgesproken plekken zijn bereikt (Budget: 30 van ten minste 25)"
    ]
    assert refused(capped, ("toekennen", 25), ("toekennen", 6), room=30)[0].startswith("plafond")


@pytest.mark.requirement("DV-08")
def test_a_threshold_is_told_once_in_percents_of_the_ceiling() -> None:
    scheme = book(
        "melden",
        'plafond = 1_000\ndrempels = [75, 90, 100]\nbij_drempel = { taak = "Let op", rol = "bureau", tekst = "grens" }\n',
    )
    acts = deeds(scheme, ("toekennen", 749), ("toekennen", 1), ("toekennen", 200), ("toekennen", 100), room=1_000)
    passed = [[e.passed for e in act.consequences.effects if e.book] for act in acts[1:]]
    assert passed == [[()], [(75,)], [(90,)], [(100,)]]
    assert [(e.kind, e.title) for e in acts[2].consequences.effects] == [
        ("vastleggen", ""), ("melding", "Budget: 75 procent is vastgelegd"), ("taak", "Let op (Budget: 75 procent is vastgelegd)"),
    ]  # fmt: skip
    every = deeds(scheme, ("toekennen", 1_000), room=1_000)[-1].consequences.effects
    assert [e.title for e in every if e.kind == "melding"] == [
        f"Budget: {each} procent is vastgelegd" for each in (75, 90, 100)
    ]
    told_before = {Pot("budget"): Room(ceiling=1_000, committed=700, told=90)}
    assert deeds(scheme, ("toekennen", 300), room=told_before)[-1].consequences.effects[0].passed == (100,)


@pytest.mark.requirement("DV-07", "DV-08")
def test_past_a_soft_ceiling_a_written_reason_is_needed_and_somebody_hears_first() -> None:
    soft = book("melden", 'onderbouwing = "waarom"\nbij_grens = { tekst = "grens", rol = "bureau" }\n')
    for blank in ((), ("",), ("  \n",)):
        (told,) = refused(soft, ("toekennen", 130, *blank), room=100)
        assert told.startswith("onderbouwing: Budget: dit gaat € 0,30 boven het plafond")
    acts = deeds(soft, ("toekennen", 130, "Meer vraag dan geraamd."), room=100)
    assert followed(acts) == [("melding", 0, 0), ("vastleggen", 130, 30)]
    assert acts[-1].consequences.effects[0].title == "Budget: € 0,30 boven het plafond"
    assert followed(deeds(soft, ("toekennen", 100), room=100)) == [("vastleggen", 100, 0)]
    never = book("nooit")
    assert followed(deeds(never, ("toekennen", 130), room=100)) == [("vastleggen", 130, 30)]


PARTS = 'per = "gemeente"\ndelen = { Boxtel = 1_000, "\'s-Hertogenbosch" = 500 }\n'


def in_town(scheme: Scheme, town: str, *amounts: tuple[str, int], room: dict[Pot, Room] | None = None) -> list[Act]:
    filed = ("indienen", "2024-09-02", {"vraag": "x", "gemeente": town})
    rooms = {Pot("budget", part): Room(ceiling) for part, ceiling in scheme.books["budget"].parts.items()}
    given = [(kind, DAY, {"bedrag": amount}) for kind, amount in amounts]
    return done(scheme, filed, *given, facts=Facts(room=rooms | (room or {})))


def test_each_part_of_a_book_has_its_own_ceiling() -> None:
    scheme = book("hard", PARTS)
    acts = in_town(scheme, "Boxtel", ("toekennen", 1_000))
    assert fold(scheme, acts).held == {Pot("budget", "Boxtel"): Balance(committed=1_000)}
    assert (
        in_town(scheme, " 's-hertogenbosch", ("toekennen", 500))[-1].consequences.effects[0].part == "'s-Hertogenbosch"
    )
    with pytest.raises(Refused) as refusal:
        in_town(scheme, "'s-Hertogenbosch", ("toekennen", 501))
    assert refusal.value.reasons[0].message == "Budget ('s-Hertogenbosch): er is onvoldoende ruimte voor dit besluit."


def test_a_part_that_nobody_gave_a_budget_is_refused_unless_the_scheme_leaves_parts_open() -> None:
    with pytest.raises(Refused) as refusal:
        in_town(book("hard", PARTS), "Vught", ("toekennen", 1))
    (reason,) = refusal.value.reasons
    assert (reason.code, reason.field) == ("deel_onbekend", "gemeente")
    assert "'Vught' heeft hier geen budget (Gemeente)" in reason.message
    assert "Boxtel" in reason.mend
    assert in_town(book("hard", PARTS), "Vught", ("toekennen", 1), room={Pot("budget", "Vught"): Room(10)})
    assert in_town(book("hard", PARTS + 'andere_delen = "toelaten"\n'), "Vught", ("toekennen", 1))


def test_the_places_that_an_act_can_touch_are_known_before_it_is_judged() -> None:
    scheme = book("hard", PARTS)
    boxtel = Pot("budget", "Boxtel")
    assert pots(scheme, "toekennen", {"gemeente": "boxtel"}, {"bedrag": 1}) == [boxtel]
    assert pots(scheme, "indienen", {}, {"gemeente": "Boxtel"}) == []
    assert pots(scheme, "toekennen", {}, {}) == []
    assert pots(book("hard"), "toekennen", {}, {}) == [Pot("budget")]
    with pytest.raises(Refused):
        in_town(scheme, " ", ("toekennen", 1))


SPLIT = """
[formulier.uitvoerders]
soort = "tabel"
titel = "Uitvoerders"
[formulier.uitvoerders.kolommen.naam]
soort = "tekst"
titel = "Naam"
[formulier.uitvoerders.kolommen.bedrag]
soort = "bedrag"
titel = "Bedrag"
[handeling.verdelen]
titel = "Verdelen"
door = ["bureau"]
wanneer = "open"
effecten = [
  { soort = "vastleggen", boek = "budget", voor_elk = "delen", deel = "regel.gemeente", bedrag = "regel.bedrag", als = "regel.bedrag > 0" },
  { soort = "vastleggen", boek = "inzet", voor_elk = "uitvoerders", bedrag = "regel.bedrag", begunstigde = "regel.naam" },
]
[handeling.verdelen.velden.delen]
soort = "tabel"
titel = "Delen"
verplicht = ["verdelen"]
kolommen.gemeente = { soort = "gemeente", titel = "Gemeente", verplicht = ["verdelen"] }
kolommen.bedrag = { soort = "bedrag", titel = "Bedrag", verplicht = ["verdelen"] }
[boek.inzet]
titel = "Inzet"
eenheid = "eurocent"
beleid = "nooit"
"""


def split() -> Scheme:
    """Who pays and settles says of which part."""
    text = GRANT
    for kind in ("vaststellen", "betalen"):
        text = text.replace(f'soort = "{kind}", ', f'soort = "{kind}", deel = "aanvraag.gemeente", ')
    return small(f'{text}beleid = "hard"\n{PARTS}{SPLIT}')


ROWS = [
    {"gemeente": "Boxtel", "bedrag": 700},
    {"gemeente": "'s-Hertogenbosch", "bedrag": 300},
    {"gemeente": "Vught", "bedrag": 0},
]


def divided(rows: list[dict[str, Any]]) -> tuple[Scheme, list[Act]]:
    scheme = split()
    filed = ("indienen", "2024-09-02", {"vraag": "x", "gemeente": "Boxtel",
             "uitvoerders": [{"naam": "Zorgboerderij", "bedrag": 5}, {"bedrag": 7}]})  # fmt: skip
    rooms = {Pot("budget", part): Room(ceiling) for part, ceiling in scheme.books["budget"].parts.items()}
    return scheme, done(scheme, filed, ("verdelen", DAY, {"delen": rows}), facts=Facts(room=rooms))


def test_a_table_gives_an_entry_per_row_in_the_part_that_the_row_names() -> None:
    scheme, acts = divided(ROWS)
    effects = acts[-1].consequences.effects
    assert [(e.book, e.part, e.amount) for e in effects] == [
        ("budget", "Boxtel", 700), ("budget", "'s-Hertogenbosch", 300), ("inzet", "", 5), ("inzet", "", 7),
    ]  # fmt: skip
    assert fold(scheme, acts).books["budget"].committed == 1_000
    assert pots(scheme, "verdelen", {"gemeente": "Boxtel"}, {"delen": ROWS}) == [
        Pot("budget", "'s-Hertogenbosch"), Pot("budget", "Boxtel"), Pot("budget", "Vught"), Pot("inzet")
    ]  # fmt: skip


def test_a_book_may_be_divided_without_a_question_when_every_entry_says_its_part() -> None:
    scheme = small(SPLIT.replace('als = "regel.bedrag > 0"', "als = 'true'").replace("[boek.inzet]", """
[boek.budget]
titel = "Budget"
eenheid = "eurocent"
beleid = "hard"
delen = { Boxtel = 1_000 }
[boek.inzet]"""))  # fmt: skip
    rows = [{"gemeente": "Boxtel", "bedrag": 700}]
    rooms = {Pot("budget", "Boxtel"): Room(1_000)}
    filed = ("indienen", "2024-09-02", {"vraag": "x"})
    acts = done(scheme, filed, ("verdelen", DAY, {"delen": rows}), facts=Facts(room=rooms))
    assert fold(scheme, acts).held == {Pot("budget", "Boxtel"): Balance(committed=700)}
    with pytest.raises(Refused) as refusal:
        done(scheme, filed, ("verdelen", DAY, {"delen": [{"gemeente": "Vught", "bedrag": 1}]}), facts=Facts(room=rooms))
    assert refusal.value.reasons[0].message == "Budget: 'Vught' heeft hier geen budget."


def test_an_application_tells_beforehand_what_its_own_rows_come_to() -> None:
    scheme = split()
    answers = {"vraag": "x", "gemeente": "Boxtel", "uitvoerders": [{"naam": "A", "bedrag": 5}, {"bedrag": 7}]}
    assert examine(scheme, answers, date(2024, 9, 2)).amounts == (("vastleggen", "inzet", 12),)


def test_two_rows_for_one_part_share_its_room() -> None:
    with pytest.raises(Refused) as refusal:
        divided([{"gemeente": "Boxtel", "bedrag": 600}, {"gemeente": "boxtel", "bedrag": 401}])
    assert [reason.code for reason in refusal.value.reasons] == ["plafond"]
    assert divided([{"gemeente": "Boxtel", "bedrag": 600}, {"gemeente": "boxtel", "bedrag": 400}])


def test_what_follows_names_the_place_of_a_payee_and_never_his_name() -> None:
    _, acts = divided(ROWS)
    assert [e.payee for e in acts[-1].consequences.effects] == ["", "", "uitvoerders.0.naam", ""]
    assert "Zorgboerderij" not in repr(acts[-1].consequences)
    scheme = book("nooit")
    filed = ("indienen", "2024-09-02", {"vraag": "x", "gemeente": "Boxtel", "aanbieder": "De Hoeve"})
    paid = done(scheme, filed, ("toekennen", DAY, {"bedrag": 1}))[-1].consequences.effects[0]
    assert (paid.payee, paid.reference) == ("aanbieder", "MW {{zaaknummer}}")
    assert deeds(scheme, ("toekennen", 1))[-1].consequences.effects[0].payee == ""


def test_settling_fixes_at_most_what_was_granted_and_the_rest_goes_back() -> None:
    scheme = book("hard", "plafond = 1_000\n")
    acts = deeds(scheme, ("toekennen", 1_000), ("vaststellen", 600), room=1_000)
    assert followed(acts) == [("vaststellen", 600, 0), ("teruggeven", 400, 0)]
    held = fold(scheme, acts).books["budget"]
    assert (held.committed, held.settled, held.granted) == (600, 600, 1_000)
    assert "Kies hooguit € 10,00" in refused(scheme, ("toekennen", 1_000), ("vaststellen", 1_001), room=1_000)[0]
    assert refused(scheme, ("toekennen", 1_000), ("vaststellen", 600), ("vaststellen", 1), room=1_000)
    again = deeds(
        scheme, ("toekennen", 1_000), ("vaststellen", 600), ("toekennen", 400), ("vaststellen", 400), room=1_000
    )
    assert fold(scheme, again).books["budget"] == Balance(committed=1_000, settled=1_000, returned=400)


def test_conditions_read_what_was_granted_and_what_was_settled() -> None:
    scheme = small(
        f'{GRANT}beleid = "nooit"\n[voorwaarde.rond]\nbij = ["besluiten"]\nmelding = "Eerst vaststellen."\n'
        'als = "zaak.budget.vastgesteld == 600 && zaak.budget.verleend == 1000 && zaak.budget.vastgelegd == 600"\n'
    )
    granted = [FILED, ("toekennen", DAY, {"bedrag": 1_000})]
    with pytest.raises(Refused):
        done(scheme, *granted, ("besluiten", DAY))
    assert done(scheme, *granted, ("vaststellen", DAY, {"bedrag": 600}), ("besluiten", DAY))


def test_nothing_is_paid_above_what_is_committed_and_nothing_freed_above_what_is_held() -> None:
    scheme = book("nooit")
    assert refused(scheme, ("toekennen", 100), ("betalen", 60), ("betalen", 41))[0].startswith("betaling")
    assert refused(scheme, ("reserveren", 100), ("vrijgeven", 101))[0].startswith("vrijgave")
    acts = deeds(scheme, ("reserveren", 50), ("toekennen", 30), ("vrijgeven", 40))
    assert fold(scheme, acts).books["budget"] == Balance(committed=10)


def test_what_is_freed_without_a_part_comes_from_where_it_lies() -> None:
    scheme, acts = divided(ROWS)
    free = Act("vrijgeven", acts[-1].on, Actor("bureau", "p"), {"bedrag": 900})
    effects = judge(scheme, acts, free, Facts()).consequences.effects
    assert [(e.part, e.amount) for e in effects] == [("Boxtel", 700), ("'s-Hertogenbosch", 200)]


@pytest.mark.parametrize("policy", ["hard", "melden", "nooit"])
def test_judging_again_finds_the_same_entries(policy: str) -> None:
    scheme = book(policy, PARTS)
    acts = in_town(
        scheme, "Boxtel", ("toekennen", 900), ("toekennen", 50 if policy == "hard" else 500), ("vaststellen", 100)
    )
    assert rejudge(scheme, acts) is None
