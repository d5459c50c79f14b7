"""Counting votes: the vote that makes the quorum decides, for or against, without waiting for the rest (R36-44)."""

from collections.abc import Iterable, Mapping

from maatwerk.rules.scheme import StepRule

FOR, AGAINST, ABSTAIN = "voor", "tegen", "onthouding"


def tally(votes: Iterable[str]) -> tuple[int, int]:
    """(votes for, votes against); anything else counts for neither."""
    cast = list(votes)
    return cast.count(FOR), cast.count(AGAINST)


def outcome(rule: StepRule, slots: int, votes: Mapping[str, str]) -> tuple[str, str]:
    """(outcome, why) of a panel of `slots` seats, or ("", "") while it is open.

    Against decides as soon as the quorum for can't be reached any more; where votes may be tied, it needs a quorum itself.
    """
    yes, no = tally(votes.values())
    needed = slots if rule.kind == "alle" else rule.needed
    if yes >= needed:
        return rule.yes, f"{yes} van de {slots} stemmen voor; {needed} nodig."
    if rule.tied:
        left = slots - len(votes)
        if no >= needed:
            return rule.no, f"{no} van de {slots} stemmen tegen; {needed} nodig."
        if max(yes, no) + left < needed:
            return rule.tied, f"{yes} voor en {no} tegen van de {slots}: voor geen van beide zijn er {needed} haalbaar."
        return "", ""
    if no > slots - needed:
        return rule.no, f"{no} van de {slots} stemmen tegen; {needed} stemmen voor zijn niet meer haalbaar."
    return "", ""
