"""Days on which a term stands still. The day of the invitation and that of the completion run (Awb 4:15)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from maatwerk.rules.lengths import shift
from maatwerk.rules.refusals import Invalid


@dataclass(frozen=True)
class Suspension:
    """From an invitation to complete until the completion, or until the time for that passed unused."""

    invited: date
    completed: date

    def __post_init__(self) -> None:
        if self.completed < self.invited:
            raise Invalid.because(
                "suspension_reversed",
                "De opschorting eindigt voor zij begint.",
                mend="Geef eerst de dag van de uitnodiging, dan de dag van de aanvulling.",
            )

    @classmethod
    def during(cls, first: date, last: date) -> "Suspension":
        """Days that all stand still, `first` and `last` too: a delay that the applicant agreed to or caused, or force
        majeure (Awb 4:15 lid 2)."""
        return cls(shift(first, -1), shift(last, 1))


@dataclass(frozen=True)
class Span:
    """An unbroken run of suspended days, `first` and `last` included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        return (shift(self.first, n) for n in range(self.days))


def suspended_spans(suspensions: Iterable[Suspension], *, after: date) -> tuple[Span, ...]:
    """The suspended days later than `after`, each counted once, as runs in order of time."""
    spans: list[Span] = []
    for each in sorted(suspensions, key=lambda suspension: suspension.invited):
        if (each.completed - max(each.invited, after)).days <= 1:
            continue
        span = Span(shift(max(each.invited, after), 1), shift(each.completed, -1))
        if spans and (span.first - spans[-1].last).days <= 1:
            earlier = spans.pop()
            span = Span(earlier.first, max(earlier.last, span.last))
        spans.append(span)
    return tuple(spans)


def running_days(start: date, spans: Iterable[Span]) -> Iterator[date]:
    """The days after `start` that no span suspends, in order; endless, refused where the calendar ends."""
    day = shift(start, 1)
    for span in spans:
        while day < span.first:
            yield day
            day = shift(day, 1)
        day = shift(span.last, 1)
    while True:
        yield day
        day = shift(day, 1)
