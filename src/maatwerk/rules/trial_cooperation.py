"""What a trial says of the responsibility matrix, the escalation ladder and meetings without a date, as data for `--json`."""

from typing import Any

from maatwerk.rules.scheme import Scheme
from maatwerk.rules.standing import Standing


def cooperation_data(scheme: Scheme, found: Standing) -> dict[str, Any]:
    """The keys that only schemes with a matrix, a ladder or meetings fill."""
    return {
        "matrix": [
            {
                "id": each.id,
                "titel": each.title,
                "gesprek": each.talk,
                "betalers": list(each.payers),
                "rijen": [
                    {
                        "code": row.code,
                        "titel": row.title,
                        "betaler": row.payer,
                        "poreus": row.porous,
                        "uitleg": row.help,
                    }
                    for row in each.rows
                ],
            }
            for each in found.needs
        ],
        "escalatie": [
            {
                "id": rung.id,
                "titel": rung.title,
                "niveau": rung.number,
                "niveaus": rung.count,
                "niveauTitel": rung.level.title,
                "stap": rung.level.step,
                "macht": rung.level.power,
                "leden": [scheme.roles[role].title for role in rung.level.members],
                "open": rung.is_open,
                "uiterlijk": rung.clock.due.isoformat() if rung.clock else None,
                "volgendNiveau": rung.next.title if rung.next else None,
            }
            for rung in found.rungs
        ],
        "ongepland": [
            {
                "id": each.id,
                "titel": each.title,
                "vergadering": each.meeting,
                "begin": each.started.isoformat(),
                "waarom": [{"code": s.code, "datum": s.date.isoformat(), "tekst": s.text} for s in each.steps],
            }
            for each in found.undated
        ],
    }
