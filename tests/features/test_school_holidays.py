"""Whose school holidays count in a case: those of the tenant as it keeps them now, whatever process reads the scheme."""

from pathlib import Path

import pytest

from maatwerk.cases import schemes
from maatwerk.loading import load_all
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.school_calendar import SchoolCalendar
from maatwerk.tenancy import Tx, scope, tenant_ids, tenant_settings
from tests.databases import Database
from tests.schemes import SMALL

WEEKS = '[termijn.t]\ntitel = "T"\nsoort = "streef"\nstart = ["begin"]\nduur = "P4W"\neenheid = "schoolweek"\n'
OWN = '[[eigen_vakantie]]\nnaam = "mei"\nvan = 2026-04-18\ntot_en_met = 2026-05-03\nin_plaats_van = "meivakantie"\n'


def tenant(folder: Path, more: str, scheme: str = SMALL + WEEKS) -> Path:
    place = folder / "klein"
    place.mkdir(exist_ok=True)
    (place / "tenant.toml").write_text('code = "klein"\nnaam = "Klein"\n' + more, encoding="utf-8")
    (place / "scheme.toml").write_text(scheme, encoding="utf-8")
    return folder


async def calendars(tx: Tx) -> list[SchoolCalendar | None]:
    """As a list of schemes and a case read them."""
    (found,) = await schemes.current(tx)
    read = await schemes.version(tx, found.id)
    assert await schemes.version(tx, found.id) is read
    return [found.scheme.clocks["t"].school, read.clocks["t"].school]


async def test_a_scheme_that_counts_school_weeks_has_the_holidays_that_its_tenant_keeps_now(
    app: Database, tmp_path: Path
) -> None:
    await load_all(tenant(tmp_path, 'vakantieregio = "zuid"\n'))
    tenant_id = (await tenant_ids())["klein"]
    async with scope(tenant_id, None) as tx:
        assert await calendars(tx) == [SchoolCalendar(region="zuid")] * 2
    await load_all(tenant(tmp_path, 'vakantieregio = "noord"\n' + OWN))
    async with scope(tenant_id, None) as tx:
        for found in await calendars(tx):
            assert found is not None
            assert (found.region, [own.replaces for own in found.own]) == ("noord", ["meivakantie"])


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", "scheme.toml telt met schoolvakanties"),
        ('vakantieregio = "oost"\n', "'oost' bestaat hier niet"),
        (OWN, "eigen vakanties horen bij een vakantieregio"),
    ],
)
async def test_a_tenant_without_a_region_cannot_load_a_scheme_that_counts_by_it(
    app: Database, tmp_path: Path, more: str, told: str
) -> None:
    with pytest.raises(Invalid) as caught:
        await load_all(tenant(tmp_path, more))
    assert told in caught.value.reasons[0].message
    assert caught.value.reasons[0].mend
    async with scope((await tenant_ids())["klein"], None) as tx:
        assert await schemes.current(tx) == []


async def test_a_tenant_without_a_region_loads_any_other_scheme(app: Database, tmp_path: Path) -> None:
    await load_all(tenant(tmp_path, "", SMALL))
    async with scope((await tenant_ids())["klein"], None) as tx:
        assert [item.scheme.code for item in await schemes.current(tx)] == ["klein"]
        assert await tenant_settings(tx) == {}
