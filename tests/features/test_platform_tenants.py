"""Tenants from their files: loading twice changes nothing that should stay, and a bad file is told in Dutch."""

from pathlib import Path

import pytest

from maatwerk.rules.refusals import Invalid
from maatwerk.tenancy import load_tenants, scope, tenant_ids, tenant_settings
from tests.databases import Database

GOOD = 'code = "{code}"\nnaam = "{name}"\n[ondersteuner]\nnaam = "R. Voorbeeld"\n'


def write(folder: Path, code: str, text: str) -> None:
    (folder / code).mkdir(exist_ok=True)
    (folder / code / "tenant.toml").write_text(text, encoding="utf-8")


async def test_loading_again_keeps_the_id_and_takes_over_name_and_settings(app: Database, tmp_path: Path) -> None:
    write(tmp_path, "een", GOOD.format(code="een", name="Een"))
    write(tmp_path, "twee", GOOD.format(code="twee", name="Twee"))
    assert await load_tenants(tmp_path) == ["een", "twee"]
    before = await tenant_ids()
    write(tmp_path, "een", GOOD.format(code="een", name="Een en al") + 'post = "een@regio.example"\n')
    assert await load_tenants(tmp_path) == ["een", "twee"]
    assert await tenant_ids() == before
    async with scope(before["een"], None) as tx:
        assert await tx.fetchval("SELECT name FROM tenant WHERE code = 'een'") == "Een en al"
        assert (await tenant_settings(tx))["ondersteuner"]["post"] == "een@regio.example"
    async with scope(before["twee"], None) as tx:
        assert await tenant_settings(tx) == {"ondersteuner": {"naam": "R. Voorbeeld"}}


@pytest.mark.parametrize("text", ["code =", "", 'code = "x"', 'code = 1\nnaam = "x"', 'code = " "\nnaam = "x"'])
async def test_a_bad_file_is_refused_by_name(app: Database, tmp_path: Path, text: str) -> None:
    write(tmp_path, "fout", text)
    with pytest.raises(Invalid) as refused:
        await load_tenants(tmp_path)
    assert "fout/tenant.toml" in refused.value.reasons[0].message
    assert await tenant_ids() == {}
