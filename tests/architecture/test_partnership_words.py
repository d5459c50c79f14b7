"""No word of a partnership stands in the code: a new way of working is a TOML file. Ids of requirements (R36-44) may be cited."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORDS = re.compile(
    r"regio[ _-]?36|meierij|kw1c|roosendaal|roos[ _-]?vo\b|swv[ _-]?3006|interventiebudget|maatwerkbudget|plusvoorziening|"
    r"leerwerkloket|jongerenaanpak|ontwikkelagenda|escalatiemodel|mis-k\b|kop van noord|\boza\b|halderberge|moerdijk|"
    r"stichting spring|variawet|gezinsvoogd|doorzettingsmacht|programmadirecteur|overlegtafel|thuiszitter",
    re.IGNORECASE,
)
NAMES = re.compile(r"De Verbinding|\bSPRING\b")
CITED_PATH = "examples/regio-36"  # where the demonstration's files stand


def test_no_word_of_a_partnership_stands_in_the_code() -> None:
    found = []
    for folder in ("src", "workers", "migrations"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".py", ".sql", ".typ", ".html", ".js", ".css"):
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                left = line.replace(CITED_PATH, "")
                if hit := WORDS.search(left) or NAMES.search(left):
                    found.append(f"{path.relative_to(ROOT)}:{number}: {hit.group()}")
    assert not found, "\n".join(found)


def test_the_words_are_found_when_they_are_there() -> None:
    for word in ("Regio 36", "regio_36", "De Meierij", "KW1C", "De Verbinding", "Interventiebudget", "OZA"):
        assert WORDS.search(word) or NAMES.search(word)
    assert not WORDS.search("De verbinding met de database (R36-44)")
    assert not NAMES.search("De verbinding met de database")
