"""The behaviours there are, by the name that a scheme uses."""

from maatwerk.rules.behaviours import assigning, consenting, filing, recording, voting
from maatwerk.rules.behaviours.behaviour import Behaviour
from maatwerk.rules.scheme import Scheme

PALETTE: dict[str, Behaviour] = {
    "indienen": filing.FILING,
    "aanvullen": filing.SUPPLEMENTING,
    "stemmen": voting.VOTING,
    "toestemmen": consenting.CONSENTING,
    "toewijzen": assigning.ASSIGNING,
    "vastleggen": recording.RECORDING,
}


def behaviour_of(scheme: Scheme, kind: str) -> Behaviour | None:
    """The behaviour of an act's kind; None for a kind that the scheme does not have."""
    act = scheme.acts.get(kind)
    return PALETTE.get(act.behaviour) if act else None
