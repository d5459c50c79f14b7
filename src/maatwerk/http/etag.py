"""Strong ETags made from a row's counter, and the If-Match that a change must bring (428 without, 412 when it differs). Where
one thing counts in two ways, the version is a name with the number: `concept-1` is not `zaak-1`."""

import re
from dataclasses import dataclass

from maatwerk.http.problems import VersionMissing
from maatwerk.rules.refusals import Invalid, Reason, Stale

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e]*)"')


def etag(version: int | str) -> str:
    """The ETag of a version."""
    return f'"{version}"'


@dataclass(frozen=True)
class Version:
    """The versions that the caller says he saw."""

    tags: frozenset[str]

    def check(self, version: int | str) -> None:
        """Raises Stale (412) unless `version`, read under a lock, is one that the caller named."""
        if str(version) not in self.tags:
            raise Stale.because(
                "verouderd",
                "De gegevens zijn gewijzigd sinds u ze ophaalde.",
                mend="Haal ze opnieuw op en probeer het dan nog eens.",
            )


def seen(header: str | None) -> Version:
    """Reads If-Match. A weak tag and `*` never match: both would let one change overwrite another unseen."""
    if header is None or not header.strip():
        raise VersionMissing((Reason("if_match_ontbreekt", "De kop If-Match ontbreekt."),))
    if header.strip() == "*":
        return Version(frozenset())
    parts = [part.strip() for part in header.split(",")]
    matches = [_TAG.fullmatch(part) for part in parts]
    if not all(matches):
        raise Invalid.because("if_match", "De kop If-Match is geen ETag.", field="If-Match")
    return Version(frozenset(match[2] for match in matches if match and not match[1]))
