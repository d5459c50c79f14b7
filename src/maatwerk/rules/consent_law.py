"""What the law asks beside what a house asks: who must agree to an act at which age. A house may ask more; where it asks less
its scheme is loaded with a warning that names the article and the ages. The law itself is dated data, `law/consent.toml`.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Final

from maatwerk.rules.consent import signatories
from maatwerk.rules.decoding import Fault
from maatwerk.rules.scheme import ConsentDef, Scheme, Signatory

_WEIGHT: Final = ("", "informatief", "spreekt_mee", "beslist")
_WORDS: Final = {
    "": "niet gevraagd",
    "informatief": "alleen ingelicht",
    "spreekt_mee": "gehoord",
    "beslist": "beslissend",
}
_OLDEST: Final = 27


@dataclass(frozen=True)
class Rule:
    """Of `who` one must have at least this weight, from one age of the pupil and below another (None: no end)."""

    act: str
    who: tuple[str, ...]
    from_age: int
    below_age: int | None
    weight: str
    article: str
    valid_from: date
    valid_until: date | None

    def holds_for(self, scheme: Scheme) -> bool:
        """Whether it was the law at some moment of the scheme's validity."""
        begins = scheme.valid_until is None or self.valid_from <= scheme.valid_until
        return begins and (self.valid_until is None or scheme.valid_from <= self.valid_until)


@dataclass(frozen=True)
class Law:
    """The rules, and the capacities with why one of them represents nobody ("" when it does)."""

    rules: tuple[Rule, ...]
    capacities: dict[str, str]
    unfit: dict[str, str]


@cache
def law() -> Law:
    """The dated data of `law/consent.toml`, read once."""
    text = files("maatwerk.rules").joinpath("law", "consent.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    rules = tuple(
        Rule(each["act"], tuple(each["who"]), each.get("from_age", 0), each.get("below_age"), each["weight"],
             each["article"], each["valid_from"], each.get("valid_until"))
        for each in data["rule"]
    )  # fmt: skip
    titles = {each["id"]: each["title"] for each in data["capacity"]}
    return Law(rules, titles, {each["id"]: each["not_because"] for each in data["capacity"] if "not_because" in each})


def capacity_of(who: Signatory) -> str:
    """As what somebody agrees: what the scheme says, else the name of the role itself when it is such a word."""
    return who.capacity or (who.role if who.role in law().capacities else "")


def consent_law_faults(scheme: Scheme) -> Iterator[Fault]:
    """A warning for every rule of law that a consent of the scheme falls short of; a fault for a capacity that no law knows."""
    for name, consent in scheme.consents.items():
        here = f"toestemming.{name}"
        for index, who in enumerate(consent.who):
            if who.capacity and who.capacity not in law().capacities:
                message = f"de hoedanigheid '{who.capacity[:60]}' kent de wet niet."
                yield Fault(f"{here}.wie.{index}.hoedanigheid", message, f"kies uit: {', '.join(law().capacities)}.")
        if not consent.act:
            continue
        if not any(capacity_of(who) for who in consent.who):
            message = "van niemand is bekend in welke hoedanigheid hij toestemt, dus is de wet er niet naast te leggen."
            yield Fault(
                f"{here}.wie", message, f'schrijf hoedanigheid = "..."; kies uit: {", ".join(law().capacities)}.'
            )
            continue
        for rule in law().rules:
            if rule.act == consent.act and rule.holds_for(scheme):
                yield from _short_of(here, consent, rule)


def _short_of(here: str, consent: ConsentDef, rule: Rule) -> Iterator[Fault]:
    """One warning per run of ages at which the house asks equally less."""
    ages = range(rule.from_age, rule.below_age or _OLDEST)
    short = [age for age in ages if _asks(consent, age) and _weight(consent, rule, age) < _WEIGHT.index(rule.weight)]
    for asked, run in groupby(short, lambda age: _weight(consent, rule, age)):
        years, who = _years([*run]), " of ".join(law().capacities[each] for each in rule.who)
        message = (
            f"{years} is volgens de wet de {who} {_WORDS[rule.weight]} ({rule.article}); hier {_WORDS[_WEIGHT[asked]]}."
        )
        unfit = dict.fromkeys(
            law().unfit.get(capacity_of(each), "") for each in consent.who if each.weight == "beslist"
        )
        message += "".join(f" Let op: {why}." for why in unfit if why)
        mend = f'geef de {who} {years} weegt = "{rule.weight}", of zet in bron waarom deze regeling minder vraagt.'
        yield Fault(f"{here}.wie", message, mend, severity="waarschuwing")


def _asks(consent: ConsentDef, age: int) -> bool:
    """Whether somebody must agree or be heard at all: without that the consent can't come about, which is not less."""
    return any(who.weight != "informatief" for who in signatories(consent, age))


def _weight(consent: ConsentDef, rule: Rule, age: int) -> int:
    counting = [_WEIGHT.index(who.weight) for who in signatories(consent, age) if capacity_of(who) in rule.who]
    return max(counting, default=0)


def _years(ages: list[int]) -> str:
    return f"vanaf {ages[0]} jaar" if ages[-1] == _OLDEST - 1 else f"van {ages[0]} tot {ages[-1] + 1} jaar"
