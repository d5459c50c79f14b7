"""The besluit as a letter: made outside any transaction, then stored, mailed and marked done in one."""

from collections.abc import Iterable, Mapping
from datetime import date

from maatwerk import audit, outbox
from maatwerk.cases.case import Case, read
from maatwerk.cases.messages import LetterWanted
from maatwerk.decisions import texts
from maatwerk.decisions.actions.follow import mail
from maatwerk.decisions.invoicing import invoicing
from maatwerk.documents.letters import Letter, long_date, render_letter_aside
from maatwerk.files.actions.store import store
from maatwerk.mail.templates import fill
from maatwerk.outbox import Job
from maatwerk.rules.acts import Act
from maatwerk.rules.history import History, fold
from maatwerk.rules.money import euro
from maatwerk.rules.names import full_name
from maatwerk.rules.periods import school_year
from maatwerk.rules.placeholders import LETTER, answered, used
from maatwerk.rules.places import places
from maatwerk.rules.scheme import FieldDef
from maatwerk.rules.terms import last_day_for_objection
from maatwerk.settings import Settings, in_force
from maatwerk.tenancy import scope


async def send_letter(job: Job) -> None:
    """Outer handler of `decisions.send_letter`."""
    wanted = outbox.read(LetterWanted, job.payload)
    settings = in_force()
    async with scope(job.tenant_id, None, read_only=True) as tx:
        case = await read(tx, wanted.case_id)
        who = await texts.contact(tx)
    decided = next(act for act in case.acts if act.seq == wanted.seq)
    effect = decided.consequences.effects[wanted.position]
    text_id, audience = effect.text, effect.audience
    pdf = await render_letter_aside(compose(case, decided, text_id, who, settings, audience=audience))
    async with scope(job.tenant_id, None) as tx:
        about = {"name": f"besluit-{case.number}.pdf", "media_type": "application/pdf", "audience": audience}
        file_id = await store(tx, case.id, purpose="brief", content=pdf, act_seq=wanted.seq, **about)
        await mail(tx, case, text_id, audience, f"{case.id}:{wanted.seq}:{wanted.position}", settings, act=decided)
        await audit.record(tx, "brief.verzonden", "zaak", case.id, details={"bestand": file_id, "seq": wanted.seq})
        await outbox.finish(tx, job)


def compose(
    case: Case, decided: Act, text_id: str, who: texts.Contact, settings: Settings, *, audience: str = ""
) -> Letter:
    """The letter as data, to the role that the scheme names. A section of the scheme's text that stays empty is left out."""
    filled = {**texts.values(case, who, settings), **_letter_values(case, decided)}
    text = case.scheme.texts[text_id]
    cited = _cited(case, decided, text.sections.values())
    paragraphs = [fill(part, {**filled, **cited}, LETTER | cited.keys()) for part in text.sections.values()]
    lines, name = _addressee(case, audience)
    return Letter(
        sender=(who.sender_name, who.tenant_name),
        on=decided.on,
        reference=case.number or "",
        addressee=lines,
        subject=fill(text.subject, filled, LETTER),
        salutation=f"Geachte {name}," if name else "Geachte heer, mevrouw,",
        paragraphs=tuple(part for part in paragraphs if part.strip()),
        signatory=who.name,
        role=who.role,
        contact=tuple((label, value) for label, value in (("Telefoon", who.phone), ("E-mail", who.mail)) if value),
    )


def _addressee(case: Case, audience: str) -> tuple[tuple[str, ...], str]:
    """(the lines, the name): the applicant at his school, or for a family the parent alone."""
    at_home = places(case.scheme).get(audience) == "gezin"
    kind = "ouder" if at_home else "aanvrager"
    person = next((case.answers.get(n) for n, f in case.scheme.form.items() if f.person == kind), None) or {}
    name = full_name(person) if isinstance(person, Mapping) else ""
    if at_home:
        return ((name,) if name else ()), name
    return tuple(line for line in (_school(case), f"t.a.v. {name}" if name else "") if line), name


def _letter_values(case: Case, decided: Act) -> dict[str, str]:
    """What was decided as the case stood at the act that wants the letter: of rounds before it nothing counts any more."""
    history = fold(case.scheme, [act for act in case.acts if act.seq <= decided.seq])
    books = case.scheme.books
    money = [held for book, held in history.books.items() if books[book].unit == "eurocent"]
    advice = [str(act.fields["advies"]) for act in history.counting if act.fields.get("advies")]
    votes = counting_votes(history)
    step = votes[-1].step if votes else ""
    outcome = history.steps[step].outcome if step else ""
    won = "voor" if step and outcome == case.scheme.steps[step].rule.yes else "tegen"
    reasons = [str(act.fields["motivering"]) for act in votes if act.fields.get("stem") == won]
    decider = [str(act.fields["motivering"]) for act in history.counting if act.fields.get("motivering")]
    return {
        "school": _school(case),
        "bedrag": euro(sum(held.committed for held in money)),
        "verleend": euro(sum(held.granted for held in money)),
        "vastgesteld": euro(sum(held.settled for held in money)),
        **invoicing(case, history),
        "periode": _period(case.answers.get("periode_van"), case.answers.get("periode_tot")),
        "advies": advice[-1] if advice else "",
        "motivering": " ".join(reasons) if votes else decider[-1] if decider else "",
        "bezwaar_tot": long_date(last_day_for_objection(decided.on).due),
        "besluit": outcome,
        "schooljaar": school_year(decided.on),
    }


def _cited(case: Case, decided: Act, sections: Iterable[str]) -> dict[str, str]:
    """The answers that the letter cites, as they stood at the decision."""
    history = fold(case.scheme, [act for act in case.acts if act.seq <= decided.seq])
    latest = {act.kind: act.fields for act in history.counting}
    found = {}
    for name in (name for part in sections for name in used(part)):
        field, _ = answered(case.scheme, name)
        if field is not None:
            root, _, rest = name.partition(".")
            act, _, key = rest.rpartition(".")
            given = (history.answers if root == "aanvraag" else latest.get(act, {})).get(key)
            found[name] = in_words(field, given)
    return found


def in_words(field: FieldDef, given: object) -> str:
    """An answer as a letter says it."""
    kind = field.outcome_kind if field.kind == "berekend" else field.kind
    if given is None:
        return "(niet ingevuld)"
    if isinstance(given, bool):
        return "ja" if given else "nee"
    if isinstance(given, list):
        return ", ".join(field.choices.get(str(each), str(each)) for each in given)
    if kind == "datum":
        return long_date(date.fromisoformat(str(given)))
    return euro(int(str(given))) if kind == "bedrag" else field.choices.get(str(given), str(given))


def counting_votes(history: History) -> list[Act]:
    """The last vote of every seat that still has one: not those of an earlier round, nor of who was replaced."""
    latest = {(act.step, act.by.seat): act for act in history.counting if act.consequences.vote}
    return [
        act
        for (step, seat), act in latest.items()
        if seat in history.steps[step].votes and act.fields.get("motivering")
    ]


def _school(case: Case) -> str:
    form = case.scheme.form
    return next((str(case.answers[n]) for n, f in form.items() if f.kind == "school" and n in case.answers), "")


def _period(first: object, last: object) -> str:
    if not isinstance(first, str) or not isinstance(last, str):
        return ""
    return f"{long_date(date.fromisoformat(first))} tot en met {long_date(date.fromisoformat(last))}"
