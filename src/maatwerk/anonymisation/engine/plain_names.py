"""A known surname that is an ordinary word (Groen, Vos, Post), where its place explains the capital or there is none. Where nothing else
tells, the word is only a word: groen licht, boom of bos, een vos."""

from maatwerk.anonymisation.engine.kinds import form
from maatwerk.anonymisation.engine.reading import Reading
from maatwerk.anonymisation.engine.word_class import finite

_LEAST = 0.1
_LIKELY = 0.15
_SET_OFF = frozenset(("(", ";", "-", ":", "/", "|", "\t"))
_OF_PERSONS = frozenset(
    ("de", "je", "haar", "zijn", "onze", "mijn", "uw", "hun", "jullie", "zoals", "die", "een", "uit", "van")
)
_MEASURED = frozenset(
    ("de", "het", "t", "een", "n", "ne", "nen", "e", "geen", "deze", "dit", "elke", "welke", "eigen", "zn", "zijn", "haar", "hun", "uw", "je", "hele", "zelf", "veel",
     "vroeg")
)  # fmt: skip
_OPENING = frozenset(("de", "den"))
_COUNTED = frozenset(("een", "n", "ne", "geen", "eigen"))
_CALLED = frozenset(("heet", "heette", "heten"))
_TOLD = frozenset(("heet", "heette", "heten", "genaamd", "achternaam", "voornaam"))


def begins_as_name(reading: Reading, index: int, chance: float) -> bool:
    """Whether the surname that begins a sentence, or stands in a text of capitals, is one."""
    if reading.all_capitals:
        return chance >= _LEAST
    if not reading.words[index].first or chance >= _LIKELY:
        return True
    gap = reading.gap(index)
    if gap.strip()[:1] in _SET_OFF:
        return True
    following = reading.words[index + 1 : index + 3]
    if len(following) < 2:
        return True
    if gap == ", ":
        return following[0].low in _OF_PERSONS or bool(form(following[0].text).cue)
    if following[0].low == "en":
        return following[1].capital or following[1].low in ("ik", "zijn", "haar")
    return finite(following[0].low)


def only_a_word(reading: Reading, index: int, *, surname: bool) -> bool:
    """Whether the word before, such as "een", makes of small letters a word and no name."""
    if not index or reading.words[index].capital or reading.gap(index - 1) not in (" ", "  "):
        return False
    after = reading.words[index + 1].low if index + 1 < len(reading.words) and reading.gap(index) == " " else ""
    before = reading.words[index - 1].low
    return before in (_MEASURED if surname else _COUNTED) and not (before in _OPENING and finite(after))


def told(reading: Reading, index: int) -> bool:
    """Beside "heet", behind "mijn achternaam is", "noem me"."""
    if reading.gap(index) == " " and reading.words[index + 1].low in _CALLED:
        return True
    if not index or reading.gap(index - 1) != " ":
        return False
    before = reading.words[index - 1].low
    earlier = reading.words[index - 2].low if index > 1 else ""
    return (
        before in _TOLD
        or (before == "is" and earlier.endswith("naam"))
        or (earlier in ("noem", "noemt") and before in ("me", "mij", "hem", "haar"))
    )
