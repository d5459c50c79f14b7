"""Whose school holidays count in a case: those of the tenant as it keeps them now, whatever process reads the scheme."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from maatwerk import clock, timers
from maatwerk.cases import schemes
from maatwerk.loading import load_all
from maatwerk.organisations.queries import own_holidays, schools
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


async def test_a_school_that_is_free_on_other_days_counts_by_them_and_running_cases_are_looked_at_again(
    app: Database, tmp_path: Path
) -> None:
    school = '[[organisatie]]\nnaam = "Dommeldal"\nsoort = "school"\nsector = "so"\n'
    await load_all(tenant(tmp_path, 'vakantieregio = "zuid"\n' + school))
    tenant_id = (await tenant_ids())["klein"]
    async with scope(tenant_id, None) as tx:
        (theirs,) = await schools(tx, None, 10)
        (found,) = await schemes.current(tx)
        await timers.schedule(tx, uuid4(), clock.now() + timedelta(days=90))
    await load_all(tenant(tmp_path, 'vakantieregio = "zuid"\n' + school))
    async with scope(tenant_id, None) as tx:
        assert await tx.fetchval("SELECT due_at FROM timer") > clock.now() + timedelta(days=89)
    study_week = '[[organisatie.eigen_vakantie]]\nnaam = "studieweek"\nvan = 2026-03-09\ntot_en_met = 2026-03-13\n'
    await load_all(tenant(tmp_path, 'vakantieregio = "zuid"\n' + school + study_week))
    async with scope(tenant_id, None) as tx:
        assert await tx.fetchval("SELECT due_at FROM timer") <= clock.now()
        of_school = (await schemes.version(tx, found.id, theirs.id)).clocks["t"].school
        assert of_school is not None
        assert of_school.holiday_on(date(2026, 3, 11)) == "studieweek 2025-2026"
        of_others = (await schemes.version(tx, found.id)).clocks["t"].school
        assert of_others is not None
        assert of_others.holiday_on(date(2026, 3, 11)) is None
    await load_all(tenant(tmp_path, 'vakantieregio = "zuid"\n' + school))
    async with scope(tenant_id, None) as tx:
        assert await own_holidays(tx, theirs.id) == ()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", "scheme.toml telt met schoolvakanties"),
        ('vakantieregio = "oost"\n', "'oost' bestaat hier niet"),
        (OWN, "eigen vakanties horen bij een vakantieregio"),
        (
            'vakantieregio = "zuid"\n[[organisatie]]\nnaam = "D"\nsoort = "school"\nsector = "vo"\n'
            + OWN.replace("[[", "[[organisatie.").replace("2026-05-03", "2026-04-03"),
            "deze dagen eindigen voor zij beginnen",
        ),
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
