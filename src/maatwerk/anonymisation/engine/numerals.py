"""Dutch numerals in words, as they are dictated: what digits each stands for. Cardinals to 999, thousands of a year, ordinals of a month."""

_UNITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TEENS = (
    "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
)  # fmt: skip
_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_ORDINALS = {
    "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8, "negende": 9,
}  # fmt: skip
_HEARD = {"zeuven": "7", "twie": "2"}


def _below_hundred() -> dict[str, int]:
    found = {word: number for number, word in enumerate((*_UNITS, *_TEENS))}
    for tens, word in enumerate(_TENS, start=2):
        found[word] = tens * 10
        for unit in range(1, 10):
            found[f"{_UNITS[unit]}en{word}"] = tens * 10 + unit
    return found


def _cardinals() -> dict[str, str]:
    small = _below_hundred()
    found = {word: str(number) for word, number in small.items()}
    for hundreds in range(1, 10):
        head = ("" if hundreds == 1 else _UNITS[hundreds]) + "honderd"
        found[head] = str(hundreds * 100)
        for word, number in small.items():
            if number:
                found[head + word] = found[f"{head}en{word}"] = str(hundreds * 100 + number)
    thousands = {f"{word}duizend": str(number * 1000) for word, number in small.items() if number not in (0, 1, 2)}
    glued = {f"nul{_UNITS[unit]}": f"0{unit}" for unit in range(1, 10)}
    doubled = {f"dubbel{word}": f"{digit}{digit}" for digit, word in enumerate(_UNITS)}
    return found | glued | doubled | thousands | _HEARD


def _years() -> dict[str, str]:
    """Tweeduizendvijfentwintig, negentienhonderdtachtig."""
    small = {word: number for word, number in _below_hundred().items() if number}
    found = {"tweeduizend": "2000"}
    for head, century in (("tweeduizend", "20"), ("tweeduizenden", "20"), ("negentienhonderd", "19")):
        found |= {head + word: f"{century}{number:02}" for word, number in small.items()}
    return found


def _ordinals() -> dict[str, int]:
    found = dict(_ORDINALS)
    for word, number in _below_hundred().items():
        if 9 < number < 32:
            found[word + ("ste" if number > 19 else "de")] = number
    return found


CARDINALS = _cardinals()
YEARS = _years()
ORDINALS = _ordinals()
