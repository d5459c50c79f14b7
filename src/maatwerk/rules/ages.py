"""Ages. One is a year older from 00:00 on one's birthday; 29 February falls on 1 March in a common year."""

from datetime import MAXYEAR, date

from maatwerk.rules.refusals import Invalid


def birthday(birth: date, age: int) -> date:
    """The day on which `age` is reached; that 29 February becomes 1 March is a choice of ours, no law fixes
    it."""
    if age < 0:
        raise Invalid.because("age_negative", "Een leeftijd is niet negatief.", mend="Kies een leeftijd vanaf 0.")
    if birth.year + age > MAXYEAR:
        raise Invalid.because("age_too_high", "Deze leeftijd is te hoog.", mend="Kies een lagere leeftijd.")
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 3, 1)


def age_on(birth: date, day: date) -> int:
    """Full years on `day`. Refused when `day` lies before the birth; the message names no date: it is
    personal."""
    if day < birth:
        raise Invalid.because(
            "not_yet_born", "De geboortedatum ligt na de peildatum.", mend="Controleer de geboortedatum."
        )
    years = day.year - birth.year
    return years if birthday(birth, years) <= day else years - 1
