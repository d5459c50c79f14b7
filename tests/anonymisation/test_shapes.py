"""Numbers and addresses with a shape disappear, also when they are spelled carelessly."""

import pytest

from tests.anonymisation.invented import cleaned


@pytest.mark.parametrize(
    "phone", ["06-00001234", "06 0000 1234", "+31 6 00001234", "0031 6 0000 1234", "(0500) 00 12 34"]
)
def test_a_phone_disappears(phone: str) -> None:
    assert cleaned(f"Bel {phone} na vijven.") == "Bel [telefoon] na vijven."


@pytest.mark.parametrize(
    ("date", "left"),
    [
        ("3-2-2010", "[datum]"),
        ("03/02/10", "[datum]"),
        ("2010-02-03", "[datum]"),
        ("03022010", "[datum]"),
        ("3 februari 2025", "[datum: winter 2025]"),
        ("3 feb. '24", "[datum: winter]"),
        ("zondag 3 februari", "[datum: winter]"),
        ("wo 3/2", "[datum: winter]"),
        ("3 maart", "[datum: voorjaar]"),
        ("de twaalfde van oktober 2025", "[datum: najaar 2025]"),
        ("vrijdag achtentwintig november", "[datum: najaar]"),
        ("14 okotber", "[datum]"),
        ("16/4", "[datum: voorjaar]"),
        ("06-1l-2024", "[datum: najaar 2024]"),
    ],
)
def test_an_exact_date_leaves_its_season(date: str, left: str) -> None:
    assert cleaned(f"Wij spraken elkaar {date} op school.") == f"Wij spraken elkaar {left} op school."


@pytest.mark.parametrize(
    "text", ["Groep 3/4 zit vol.", "Een visus van 1/2 is laag.", "In mei 2025 en week 12.", "2-3 keer per week."]
)
def test_what_is_no_exact_date_stays(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mail m.tuinstra@school.example even.", "Mail [e-mail] even."),
        ("Mail iemand (at) post (punt) example even.", "Mail [e-mail] even."),
        ("Zie https://video.example/@q/12 en @quinty.zw.", "Zie [link] en [link]."),
        ("Mail quinty punt z at gmail punt com graag.", "Mail [e-mail] graag."),
        ("Bel nul zes nul nul nul nul een twee drie vier.", "Bel [telefoon]."),
        ("Kenteken GX-412-K stond er.", "Kenteken [nummer] stond er."),
        ("Zij heet daar lexje09.", "Zij heet daar [link]."),
        ("Rekening NL13TEST0123456789.", "Rekening [rekeningnummer]."),
        ("Rekening NL13 TEST 0123 4567 89.", "Rekening [rekeningnummer]."),
        ("Postcode 1234AB of 1234  AB.", "Postcode [postcode] of [postcode]."),
        ("BSN: 123 456 782.", "BSN: [bsn]."),
        ("BSN 123 456 789 (fout).", "BSN [bsn] (fout)."),
        ("Leerlingnummer 184944, dossier 2902.", "Leerlingnummer [nummer], dossier [nummer]."),
        (
            "Geldig t/m 30&nbsp;november en 3&sol;2&sol;2023 hier.",
            "Geldig t/m [datum: najaar] en [datum] hier.",
        ),
        ("Bel %2B31%206%2000%2000%2012%2034 of niet.", "Bel [telefoon] of niet."),
        ("Bel +32 (0)475 12 09 81 of 0049 2871 / 44 0 91.", "Bel [telefoon] of [telefoon]."),
        ("Bel 0900 555 3111 of 06 26\n18 40 55.", "Bel [telefoon] of [telefoon]."),
        ("Mail jan2010@hotmial,com of saima(a)live,nl graag.", "Mail [e-mail] of [e-mail] graag."),
        ("Zie www .zorg-noord.example/a en https://x .", "Zie [link] en https://x ."),
        ("Hij heet staniscool#4471 daar.", "Hij heet [link] daar."),
        ("Postcode 36 47 KV of pc: 4525 a k.", "Postcode [postcode] of pc: [postcode]."),
        ("Rekening NL91 IN GB OOO6 78 l2 3O.", "Rekening [rekeningnummer]."),
        ("Onder 03-02-2025\n4. Brief.", "Onder [datum: winter 2025]\n4. Brief."),
        ("Via www.zorg-noord.example. Locatie: hier.", "Via [link]. Locatie: hier."),
        ("Onder 2021 0417 geregistreerd.", "Onder [nummer] geregistreerd."),
    ],
)
def test_this_disappears(text: str, expected: str) -> None:
    assert cleaned(text) == expected


def test_the_full_stop_after_a_month_stays() -> None:
    assert cleaned("Het was 3 september. Toen regende het.") == "Het was [datum: najaar]. Toen regende het."
