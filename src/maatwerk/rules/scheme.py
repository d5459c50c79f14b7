"""A scheme as read from its TOML file: forms, acts, steps, clocks, books, consents, disclosure. Data only.

The Dutch keys stand beside the English names; `tenants/README.md` explains them to an admin. Ids are the table names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from maatwerk.rules.belonging import Place
from maatwerk.rules.cooperation import LadderDef, MatrixDef
from maatwerk.rules.decoding import key
from maatwerk.rules.entitlements import FundingDef, Intake, ListDef, ProductDef, RateDef
from maatwerk.rules.outline import OutlineDef
from maatwerk.rules.school_calendar import SchoolCalendar

FieldKind = Literal[
    "tekst", "lange_tekst", "datum", "getal", "bedrag", "keuze", "meerkeuze", "ja_nee",
    "tabel", "persoon", "personen", "school", "gemeente", "bestand", "verklaring", "berekend",
]  # fmt: skip
Privacy = Literal["direct", "quasi", "gezondheid", "vrije_tekst", "geen"]
PersonPart = Literal[
    "voornaam", "tussenvoegsel", "achternaam", "geboortedatum", "adres", "postcode", "plaats", "telefoon", "email",
    "functie", "leerlingnummer", "hoedanigheid",
]  # fmt: skip
ClockKind = Literal["wettelijk", "streef", "maximum", "terugkerend", "teller"]
ClockUnit = Literal["kalender", "werkdag", "werkweek", "schoolweek"]
Regime = Literal["awb", "awb_analoog", "privaat", "jeugdwet"]
Coarsening = Literal["leeftijdsband", "schooltype", "zonder_gemeente"]
ConsentAct = Literal["jeugdhulp", "indienen_jeugdhulp", "gegevens_delen", "opp_handelingsdeel", "behandeling_wgbo"]


@dataclass(frozen=True, kw_only=True)
class FieldDef:
    """A question: `required` names the acts that need an answer, `condition` (CEL) when it is asked at all. Nobody fills in a
    computed one: `formula` (CEL) gives it from answers above it. `may_refuse`: one may say not to answer (Awb 4:3 lid 1)."""

    kind: FieldKind = key("soort")
    title: str = key("titel")
    privacy: Privacy = key("klasse", "geen")
    required: tuple[str, ...] = key("verplicht", ())
    condition: str = key("als", "")
    choices: dict[str, str] = key("keuzes", factory=dict)
    choices_from: str = key("keuzes_uit", "")
    columns: dict[str, "FieldDef"] = key("kolommen", factory=dict)
    person: Literal["leerling", "ouder", "aanvrager", "professional", "anders"] = key("persoon", "anders")
    parts: tuple[PersonPart, ...] = key("delen", ())
    minimum: int | None = key("minimum", None)
    maximum: int | None = key("maximum", None)
    max_words: int | None = key("woorden", None)
    products: tuple[str, ...] = key("producten", ())
    vat: Literal["inclusief", "exclusief"] | None = key("btw", None)
    formula: str = key("berekening", "")
    result: Literal["getal", "bedrag", "tekst", "datum", "ja_nee"] | None = key("uitkomst_soort", None)
    may_refuse: bool = key("weigert_te_geven", False)
    group: str = key("groep", "")
    help: str = key("uitleg", "")
    source: str = key("bron", "")

    @property
    def outcome_kind(self) -> str:
        """What a computed answer is: a number, unless the scheme says otherwise."""
        return self.result or "getal"

    @property
    def holds_a_day(self) -> bool:
        """Whether its answer is a day, filled in or computed, from which a term may count."""
        return self.kind == "datum" or (self.kind == "berekend" and self.outcome_kind == "datum")

    @property
    def label(self) -> str:
        """The title, which for an amount says whether VAT is in it."""
        return f"{self.title} ({self.vat} btw)" if self.vat else self.title


@dataclass(frozen=True, kw_only=True)
class GateDef:
    """A condition on acts (`at`): the act is refused unless `condition` is certainly true, or only `warns`. `redirect` names
    another route."""

    at: tuple[str, ...] = key("bij")
    condition: str = key("als")
    force: Literal["weigert", "waarschuwt"] = key("gevolg", "weigert")
    message: str = key("melding")
    mend: str = key("herstel", "")
    redirect: str = key("andere_route", "")
    products: tuple[str, ...] = key("producten", ())
    source: str = key("bron", "")


EffectKind = Literal[
    "reserveren",
    "vastleggen",
    "vrijgeven",
    "betalen",
    "vaststellen",
    "brief",
    "taak",
    "pakket",
    "vrijgave",
    "melding",
    "overdracht",
]


@dataclass(frozen=True, kw_only=True)
class EffectDef:
    """What follows from an outcome: a book entry of `amount` (CEL, in the book's unit), a letter, task, mail;
    `pakket` has texts redacted, `vrijgave` opens what was redacted to the audience that may see it. An entry happens for each
    row of a table (`each`), lies in a `part` of its book, names the question whose answer is paid (`payee`) and what must
    stand on the invoice (`reference`). `overdracht` makes the case another school's: the one that the act's field `school` names."""

    kind: EffectKind = key("soort")
    book: str = key("boek", "")
    amount: str = key("bedrag", "")
    text: str = key("tekst", "")
    audience: str = key("aan", "")
    condition: str = key("als", "")
    title: str = key("titel", "")
    done_by: str = key("klaar_met", "")
    part: str = key("deel", "")
    each: str = key("voor_elk", "")
    payee: str = key("begunstigde", "")
    reference: str = key("kenmerk", "")
    school: str = key("school", "")


@dataclass(frozen=True, kw_only=True)
class ActDef:
    """A deed: who may do it, its fields, how it ends its step. `when` = "open" lets it happen outside any step from filing to
    closing, "altijd" after closing too. `condition` (CEL on the case itself) says in which cases it exists at all."""

    title: str = key("titel")
    by: tuple[str, ...] = key("door")
    behaviour: str = key("gedrag", "vastleggen")
    condition: str = key("als", "")
    products: tuple[str, ...] = key("producten", ())
    fields: dict[str, FieldDef] = key("velden", factory=dict)
    outcome: str = key("uitkomst", "")
    outcome_field: str = key("uitkomst_veld", "")
    effects: tuple[EffectDef, ...] = key("effecten", ())
    reopens: tuple[str, ...] = key("heropent", ())
    closes: str = key("sluit", "")
    when: Literal["stap", "open", "altijd"] = key("wanneer", "stap")
    hidden: Literal["nee", "tot_eigen"] = key("verborgen", "nee")
    consent: str = key("toestemming", "")
    help: str = key("uitleg", "")
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Seats that apply when `condition` holds; the first panel that holds is frozen when the step opens."""

    slots: tuple[str, ...] = key("zetels")
    condition: str = key("als", "")
    products: tuple[str, ...] = key("producten", ())


@dataclass(frozen=True, kw_only=True)
class StepRule:
    """How a step ends: one act, a quorum of `needed` seats, or all seats (or every pupil in a table field `over`). With `tied` a quorum
    is needed against too, and that is the outcome when neither can come any more; an abstention then counts for neither."""

    kind: Literal["een", "quorum", "alle"] = key("soort", "een")
    over: str = key("over", "zetels")
    needed: int = key("nodig", 1)
    yes: str = key("voor", "")
    no: str = key("tegen", "")
    tied: str = key("staken", "")


@dataclass(frozen=True, kw_only=True)
class OnOutcome:
    effects: tuple[EffectDef, ...] = key("effecten", ())
    closes: str = key("sluit", "")


@dataclass(frozen=True, kw_only=True)
class StepDef:
    """Where acts happen. Opens after any moment of `after`; is skipped when `condition` (the case itself only) is false."""

    title: str = key("titel")
    phase: str = key("fase")
    after: tuple[str, ...] = key("na")
    acts: tuple[str, ...] = key("handelingen")
    condition: str = key("als", "")
    products: tuple[str, ...] = key("producten", ())
    panels: tuple[Panel, ...] = key("panelen", ())
    rule: StepRule = key("regel", factory=StepRule)
    on: dict[str, OnOutcome] = key("bij", factory=dict)
    why: str = key("uitleg", "")


@dataclass(frozen=True, kw_only=True)
class OnPass:
    """What a passed clock does: a task and a mail for a role. A step that must open names the clock in its `na`."""

    task: str = key("taak", "")
    role: str = key("rol", "")
    text: str = key("tekst", "")


@dataclass(frozen=True, kw_only=True)
class ClockDef:
    """A term of `length` (ISO 8601) from a moment, up to the fixed day `until`, to the end of the `period` in which it begins, or to
    the first `meeting` for which it is in time. With `begins_on` it counts from that day, whatever moment of the case it starts at.
    Each of `suspends` is a moment and those that end it, whichever comes first; `warn` are lengths before the end; `runs_on` when
    the case is closed. `condition` (CEL on the case itself) says in which cases it runs at all. `unit` says what the days or weeks of `length` are; `back` counts them back from a day that was filled in.
    `school` is the tenant's, filled in when the scheme is read for it, unless the scheme names its own."""

    title: str = key("titel")
    kind: ClockKind = key("soort")
    condition: str = key("als", "")
    start: tuple[str, ...] = key("start", ())
    begins_on: date | None = key("begin_op", None)
    length: str = key("duur", "")
    unit: ClockUnit = key("eenheid", "kalender")
    outside_holidays: bool = key("zonder_vakanties", False)
    back: bool = key("vooraf", False)
    school: SchoolCalendar | None = key("schoolkalender", None)
    until: date | None = key("op", None)
    period: Literal["schooljaar", "kalenderjaar"] | None = key("tot", None)
    meeting: str = key("vergadering", "")
    roll: Literal["geen", "werkdag"] | None = key("rol", None)
    suspends: tuple[tuple[str, ...], ...] = key("schorst", ())
    stops: tuple[str, ...] = key("stopt", ())
    satisfied_by: tuple[str, ...] = key("voldoet", ())
    warn: tuple[str, ...] = key("waarschuw", ())
    runs_on: bool = key("loopt_door", False)
    products: tuple[str, ...] = key("producten", ())
    on_warning: OnPass = key("bij_waarschuwing", factory=OnPass)
    on_pass: OnPass = key("bij_verstrijken", factory=OnPass)
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class MeetingDef:
    """A committee with its dates, in order; what comes in later than `cutoff` (ISO 8601, in `unit`) before one is for the next.
    `on_unknown` follows when a case needs a date that nobody has planned yet."""

    title: str = key("titel")
    dates: tuple[date, ...] = key("data", ())
    cutoff: str = key("inleveren", "")
    unit: Literal["kalender", "werkdag", "werkweek"] = key("eenheid", "kalender")
    on_unknown: OnPass = key("bij_geen_datum", factory=OnPass)
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class FollowUpDef:
    """A list of points that are followed until each is done. Act `raised_by` opens one for every row of its `table` (without a table
    one for itself); `settled_by` names the `number` of the one that is done. `what`, `who`, `due` and `show` are fields of the act or
    columns of the table."""

    title: str = key("titel")
    raised_by: str = key("handeling")
    table: str = key("tabel", "")
    what: str = key("wat")
    who: str = key("wie")
    due: str = key("uiterlijk", "")
    show: tuple[str, ...] = key("toon", ())
    settled_by: str = key("klaar_met")
    number: str = key("nummer")
    warn: tuple[str, ...] = key("waarschuw", ())
    on_warning: OnPass = key("bij_waarschuwing", factory=OnPass)
    on_late: OnPass = key("bij_te_laat", factory=OnPass)
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class MandateDef:
    """A line of the mandate register: `role` may do `acts` in the name of `giver` on the days from `since` up to and including `until`,
    in cases where `condition` holds (it reads the act too)."""

    title: str = key("titel")
    role: str = key("rol")
    acts: tuple[str, ...] = key("handelingen")
    giver: str = key("namens")
    since: date = key("van")
    until: date | None = key("tot_en_met", None)
    condition: str = key("als", "")
    source: str = key("bron", "")

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class AgeDef:
    """An age of the pupil at which somebody has to do something: told on the birthday that passes during a case, and `warn` before it,
    in cases where `condition` holds. No page shows the day: it is his birthday."""

    title: str = key("titel")
    age: int = key("leeftijd")
    condition: str = key("als", "")
    warn: tuple[str, ...] = key("waarschuw", ())
    on_warning: OnPass = key("bij_waarschuwing", factory=OnPass)
    on_age: OnPass = key("bij_leeftijd", factory=OnPass)
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class EstimateDef:
    """What was expected beforehand of one period: so many pupils, each for an average in the book's unit."""

    pupils: int = key("leerlingen")
    average: int = key("gemiddelde")
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class BookDef:
    """An append-only account. `ceiling` in `unit`; policy "melden" commits and gives notice, "nooit" never blocks, beside a floor
    ("vloer") a ceiling refuses. `on_limit` precedes a commitment past the ceiling, `on_floor` follows one that reaches the floor,
    `on_threshold` one that reaches a percentage of the ceiling. With `per` every answer to that question has an envelope of its
    own, with the ceiling that `parts` gives it; a book with parts and without `per` asks every entry for its part. `reasoned_by` is the field in which an act past the ceiling says why.
    An `estimate` holds for every part that has none of its own in `part_estimates`; it blocks nothing."""

    title: str = key("titel")
    unit: str = key("eenheid")
    policy: Literal["hard", "melden", "nooit", "vloer"] = key("beleid")
    ceiling: int | None = key("plafond", None)
    floor: int | None = key("vloer", None)
    period: Literal["schooljaar", "kalenderjaar", "regeling"] = key("periode", "regeling")
    subsidy_ceiling: bool = key("subsidieplafond", False)
    code: str = key("code", "")
    on_limit: OnPass = key("bij_grens", factory=OnPass)
    on_floor: OnPass = key("bij_vloer", factory=OnPass)
    thresholds: tuple[int, ...] = key("drempels", ())
    on_threshold: OnPass = key("bij_drempel", factory=OnPass)
    per: str = key("per", "")
    parts: dict[str, int] = key("delen", factory=dict)
    other_parts: Literal["weigeren", "toelaten"] = key("andere_delen", "weigeren")
    reasoned_by: str = key("onderbouwing", "")
    estimate: EstimateDef | None = key("raming", None)
    part_estimates: dict[str, EstimateDef] = key("ramingen", factory=dict)

    @property
    def is_divided(self) -> bool:
        """Whether it has parts, rather than one envelope per period."""
        return bool(self.per or self.parts or self.other_parts == "toelaten")


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who counts in a consent, from which age of the pupil and below which; `weight` says how. `capacity` is as what the law
    knows him; a role of that very name needs none."""

    role: str = key("rol")
    capacity: str = key("hoedanigheid", "")
    from_age: int = key("vanaf_leeftijd", 0)
    below_age: int | None = key("tot_leeftijd", None)
    weight: Literal["beslist", "spreekt_mee", "informatief"] = key("weegt", "beslist")
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class ConsentDef:
    """A permission of people by age; `on_age` follows when the pupil reaches an age that it names. `form` names the file field
    that holds the signed paper: evidence for the partnership, never shown to an anonymous audience. `act` lays the law beside it."""

    title: str = key("titel")
    act: ConsentAct | None = key("voor", None)
    who: tuple[Signatory, ...] = key("wie")
    form: str = key("formulier", "")
    purpose: str = key("doel", "")
    on_refusal: str = key("bij_weigering", "")
    on_age: OnPass = key("bij_leeftijd", factory=OnPass)
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class DisclosureDef:
    """What one audience sees from the opening of `steps` on, or from the moments `since` on. Nothing that is not named here is shown:
    `fields` as they are, `texts` redacted, `outcomes` the steps ("*": all) of which it hears how they ended."""

    audience: str = key("wie")
    steps: tuple[str, ...] = key("stappen", ())
    since: tuple[str, ...] = key("vanaf", ())
    outcomes: tuple[str, ...] = key("uitkomsten", ())
    fields: tuple[str, ...] = key("velden", ())
    texts: tuple[str, ...] = key("teksten", ())
    act_texts: tuple[str, ...] = key("handelingsteksten", ())
    attachments: bool = key("bijlagen", False)
    treatment: Literal["geen", "anoniem"] = key("bewerking", "geen")
    coarsening: tuple[Coarsening, ...] = key("vergroving", ())
    ground: str = key("grond", "")


@dataclass(frozen=True, kw_only=True)
class SeatDef:
    """A chair on a panel, filled by one of several people. `involved_blocks`: who had a part in the pupil's case can't sit. `role` is
    who sits there; it may be left out when only one role has a seat for its place."""

    title: str = key("titel")
    role: str = key("rol", "")
    organisation: str = key("organisatie", "")
    involved_blocks: bool = key("betrokkene_uitgesloten", True)
    why: str = key("uitleg", "")


@dataclass(frozen=True, kw_only=True)
class FactDef:
    """Something outside the case. `lookup`: the service finds it out itself, when somebody acts or looks."""

    kind: Literal["ja_nee", "getal", "tekst", "datum"] = key("soort")
    title: str = key("titel")
    lookup: Literal["school_bekend", "voorgangers_gereed"] | None = key("opzoeken", None)


@dataclass(frozen=True, kw_only=True)
class TextDef:
    """A mail or letter: subject and body with {{placeholders}} from the closed list of its audience."""

    subject: str = key("onderwerp")
    body: str = key("inhoud")
    sections: dict[str, str] = key("alineas", factory=dict)


@dataclass(frozen=True, kw_only=True)
class RoleDef:
    """Who takes part. `place` is from where he acts (rules/belonging.py); three roles have theirs by name. A family has no accounts:
    the roles in `linked_by` let somebody into the case in this role, with a link to the mail address that they register."""

    title: str = key("titel")
    place: Place | None = key("plaats", None)
    linked_by: tuple[str, ...] = key("link_door", ())
    help: str = key("uitleg", "")


@dataclass(frozen=True, kw_only=True)
class SubjectDef:
    """Whom a case is about; `field` holds the pupil (person) or pupils (table)."""

    kind: Literal["individu", "groep", "geen"] = key("soort")
    field: str = key("veld", "")


@dataclass(frozen=True, kw_only=True)
class AdviceDef:
    """Who answers a question for advice."""

    audience: str = key("aan", "")


@dataclass(frozen=True, kw_only=True)
class AnonymisingDef:
    """`protected` are terms that stay in every text that is cleared of names: methods, programmes, expressions of the partnership."""

    protected: tuple[str, ...] = key("beschermd", ())


@dataclass(frozen=True, kw_only=True)
class DecisionDef:
    """The decision that fixed something: by which body, on which day and under which reference, as far as they are known."""

    body: str = key("orgaan")
    on: date | None = key("op", None)
    reference: str = key("kenmerk", "")


@dataclass(frozen=True, kw_only=True)
class ReferenceDef:
    """Words of the partnership that pages cite: target group, success factors, principles, other funding sources, `abbreviations`; by
    which `decision` something was fixed, and who organises what comes back every year (`yearly`), on which `days`."""

    title: str = key("titel")
    body: str = key("tekst", "")
    abbreviations: dict[str, str] = key("afkortingen", factory=dict)
    items: tuple[str, ...] = key("punten", ())
    audiences: tuple[str, ...] = key("voor", ())
    decision: DecisionDef | None = key("besluit", None)
    yearly: str = key("jaarlijks", "")
    days: tuple[date, ...] = key("data", ())
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True, eq=False)
class Scheme:
    """One version of one partnership's way of working; two of them are equal only when they are the same object."""

    code: str = key("code")
    version: str = key("versie")
    title: str = key("titel")
    former_titles: tuple[str, ...] = key("aliassen", ())
    region: str = key("regio", "")
    valid_from: date = key("geldig_van")
    valid_until: date | None = key("geldig_tot", None)
    regime: Regime = key("regime")
    period: Literal["schooljaar", "kalenderjaar", "vrij"] = key("periode", "vrij")
    status: Literal["pilot", "structureel", "concept"] = key("status", "structureel")
    intake: Intake = key("intake", "formulier")
    author: str = key("opgesteld_door", "")
    subject: SubjectDef = key("onderwerp")
    advice: AdviceDef = key("adviesvraag", factory=AdviceDef)
    anonymising: AnonymisingDef = key("anonimisering", factory=AnonymisingDef)
    roles: dict[str, RoleDef] = key("rol", factory=dict)
    products: dict[str, ProductDef] = key("product", factory=dict)
    lists: dict[str, ListDef] = key("lijst", factory=dict)
    rates: dict[str, RateDef] = key("tarief", factory=dict)
    fundings: dict[str, FundingDef] = key("bekostiging", factory=dict)
    form: dict[str, FieldDef] = key("formulier", factory=dict)
    gates: dict[str, GateDef] = key("voorwaarde", factory=dict)
    acts: dict[str, ActDef] = key("handeling", factory=dict)
    steps: dict[str, StepDef] = key("stap", factory=dict)
    clocks: dict[str, ClockDef] = key("termijn", factory=dict)
    meetings: dict[str, MeetingDef] = key("vergadering", factory=dict)
    matrices: dict[str, MatrixDef] = key("matrix", factory=dict)
    ladders: dict[str, LadderDef] = key("escalatie", factory=dict)
    follow_ups: dict[str, FollowUpDef] = key("opvolging", factory=dict)
    mandates: dict[str, MandateDef] = key("mandaat", factory=dict)
    ages: dict[str, AgeDef] = key("leeftijd", factory=dict)
    books: dict[str, BookDef] = key("boek", factory=dict)
    consents: dict[str, ConsentDef] = key("toestemming", factory=dict)
    seats: dict[str, SeatDef] = key("zetel", factory=dict)
    facts: dict[str, FactDef] = key("feit", factory=dict)
    disclosures: tuple[DisclosureDef, ...] = key("inzage", ())
    texts: dict[str, TextDef] = key("tekst", factory=dict)
    references: dict[str, ReferenceDef] = key("naslag", factory=dict)
    outline: OutlineDef | None = key("indeling", None)

    @property
    def constants(self) -> Mapping[str, Mapping[str, list[str]]]:
        """What conditions may read that is the same for every case: `lijst`."""
        return _constants(self)

    def outcomes(self, step: str) -> tuple[str, ...]:
        """Every outcome a step can have, "overgeslagen" last; also when it can't be skipped."""
        return _outcomes(self, step)


@lru_cache(maxsize=256)
def _constants(scheme: Scheme) -> Mapping[str, Mapping[str, list[str]]]:
    return {"lijst": {name: list(listed.items) for name, listed in scheme.lists.items()}}


@lru_cache(maxsize=4096)
def _outcomes(scheme: Scheme, step: str) -> tuple[str, ...]:
    definition = scheme.steps[step]
    found: list[str] = []
    for act in (scheme.acts[act_id] for act_id in definition.acts if act_id in scheme.acts):
        found.extend([act.outcome] if act.outcome else [])
        if act.outcome_field in act.fields:
            found.extend(act.fields[act.outcome_field].choices)
    found.extend(name for name in (definition.rule.yes, definition.rule.no, definition.rule.tied) if name)
    return (*dict.fromkeys(found), "overgeslagen")
