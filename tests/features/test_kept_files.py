"""Files in the database: sealed with the case's key, in pieces, never readable in another place, gone when removed."""

from uuid import UUID, uuid4

import asyncpg
import pikepdf
import pytest

from maatwerk.crypto import Erased, Unreadable, destroy_case_key, new_case_key
from maatwerk.files import queries
from maatwerk.files.actions.remove import remove
from maatwerk.files.actions.store import store
from maatwerk.files.actions.upload import MOST_FILES, Stored, upload
from maatwerk.files.serving import download
from maatwerk.rules.refusals import Conflict, NotFound, Refused
from maatwerk.tenancy import scope
from tests import uploads
from tests.builders import a_tenant
from tests.databases import Database

BSN = "111222333"


async def a_case() -> tuple[UUID, UUID]:
    """A tenant and a case of it that has a key."""
    tenant, case = await a_tenant(), uuid4()
    async with scope(tenant, None) as tx:
        await new_case_key(tx, case)
    return tenant, case


async def uploaded(tenant: UUID, case: UUID, name: str, content: bytes, **more: frozenset[str]) -> Stored:
    return await upload(tenant, None, uuid4(), case, "bijlagen", name, content, **more)


def with_author(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "Jet Voorbeeld"


def of_two_megabytes(document: pikepdf.Pdf) -> None:
    """Adds a picture that does not compress."""
    uploads.add_scan(document, uploads.jpeg(quality=100, comment="x" * 60_000))
    document.Root.Noise = document.make_stream(bytes((i * 7919 + i // 251) % 256 for i in range(700_000)))


@pytest.mark.requirement("R36-35")
async def test_an_upload_is_kept_as_it_came_and_without_its_metadata(app: Database) -> None:
    tenant, case = await a_case()
    content = uploads.pdf("Verslag van de school", change=with_author)
    stored = await uploaded(tenant, case, "verslag Fleur.pdf", content)
    assert (stored.state, stored.media_type, stored.size) == ("klaar", "application/pdf", len(content))
    async with scope(tenant, None) as tx:
        assert await queries.content(tx, stored.id, "origineel") == content
        clean = await queries.content(tx, stored.id, "schoon")
        assert b"Jet Voorbeeld" in content
        assert b"Jet Voorbeeld" not in clean
        assert "Verslag van de school" in await queries.text(tx, stored.id)
        assert ("auteur", "Jet Voorbeeld") in [(m.name, m.value) for m in await queries.metadata(tx, stored.id)]
        (listed,) = await queries.listing(tx, case)
    assert (listed.name, listed.field, listed.purpose, listed.state) == (
        "verslag Fleur.pdf",
        "bijlagen",
        "bijlage",
        "klaar",
    )
    assert "Fleur" not in repr(listed)


async def test_a_file_of_many_pieces_comes_back_whole(app: Database) -> None:
    tenant, case = await a_case()
    content = uploads.pdf("Bladzijde", change=of_two_megabytes, compress_streams=False)
    stored = await uploaded(tenant, case, "groot.pdf", content)
    async with scope(tenant, None) as tx:
        pieces = await tx.fetchval(
            "SELECT count(*) FROM file_chunk WHERE file_id = $1 AND variant = 'origineel'", stored.id
        )
        assert pieces == -(-len(content) // (256 * 1024)) > 2
        assert await queries.content(tx, stored.id, "origineel") == content


async def test_nothing_of_a_file_stands_readable_in_the_database(app: Database) -> None:
    tenant, case = await a_case()
    await uploaded(tenant, case, "verslag Fleur.pdf", uploads.pdf("Fleur gaat niet naar school", change=with_author))
    connection = await asyncpg.connect(app.url("postgres"))
    try:
        rows = [*await connection.fetch("SELECT * FROM file"), *await connection.fetch("SELECT * FROM file_chunk")]
    finally:
        await connection.close()
    everything = b"".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
    for word in (b"Fleur", b"Jet", b"%PDF", b"school"):
        assert word not in everything


async def test_a_lost_piece_makes_a_file_unreadable_instead_of_shorter(app: Database) -> None:
    tenant, case = await a_case()
    stored = await uploaded(
        tenant, case, "groot.pdf", uploads.pdf("x", change=of_two_megabytes, compress_streams=False)
    )
    async with scope(tenant, None) as tx:
        last = "(SELECT max(n) FROM file_chunk WHERE file_id = $1 AND variant = 'origineel')"
        await tx.execute(
            f"DELETE FROM file_chunk WHERE file_id = $1 AND variant = 'origineel' AND n = {last}", stored.id
        )
        with pytest.raises(Unreadable):
            await queries.content(tx, stored.id, "origineel")


async def test_destroying_the_key_of_the_case_erases_its_files(app: Database) -> None:
    tenant, case = await a_case()
    stored = await uploaded(tenant, case, "verslag.pdf", uploads.pdf())
    async with scope(tenant, None) as tx:
        await destroy_case_key(tx, case)
        with pytest.raises(Erased):
            await queries.content(tx, stored.id, "schoon")
        with pytest.raises(Erased):
            await queries.listing(tx, case)


async def test_another_tenant_does_not_find_the_file(app: Database) -> None:
    tenant, case = await a_case()
    stored = await uploaded(tenant, case, "verslag.pdf", uploads.pdf())
    async with scope(await a_tenant(), None) as tx:
        assert await queries.listing(tx, case) == []
        with pytest.raises(NotFound):
            await queries.content(tx, stored.id, "schoon")


async def test_a_removed_file_leaves_a_row_without_name_and_content(app: Database) -> None:
    tenant, case = await a_case()
    stored = await uploaded(tenant, case, "verslag.pdf", uploads.pdf())
    async with scope(tenant, None) as tx:
        with pytest.raises(NotFound):
            await remove(tx, uuid4(), stored.id)
        await remove(tx, case, stored.id)
        assert await queries.listing(tx, case) == []
        row = await tx.fetchrow("SELECT name, digest, metadata, removed_at FROM file WHERE id = $1", stored.id)
        assert row is not None
        assert (row["name"], row["digest"], row["metadata"]) == (None, None, None)
        assert await tx.fetchval("SELECT count(*) FROM file_chunk WHERE file_id = $1", stored.id) == 0
        with pytest.raises(NotFound):
            await remove(tx, case, stored.id)


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("verslag.pdf", uploads.pdf(f"Leerling {BSN} blijft thuis"), "In de tekst"),
        (f"verslag {BSN}.pdf", uploads.pdf(), "In de naam"),
        ("verslag.docx", uploads.word(lambda d: setattr(d.core_properties, "title", f"Verslag {BSN}")), "verborgen"),
    ],
)
async def test_a_citizen_service_number_in_text_name_or_properties_is_refused(
    app: Database, name: str, content: bytes, where: str
) -> None:
    tenant, case = await a_case()
    with pytest.raises(Refused) as refused:
        await uploaded(tenant, case, name, content)
    assert [(reason.code, reason.field) for reason in refused.value.reasons] == [("bsn", "bijlagen")]
    assert where in refused.value.reasons[0].message
    assert BSN not in str(refused.value.reasons)
    async with scope(tenant, None) as tx:
        assert await queries.listing(tx, case) == []


async def test_a_number_marked_as_no_bsn_may_stand(app: Database) -> None:
    tenant, case = await a_case()
    stored = await uploaded(tenant, case, f"{BSN}.pdf", uploads.pdf(BSN), not_bsn=frozenset({BSN}))
    assert stored.state == "klaar"


async def test_a_file_that_is_not_what_its_name_says_is_refused_in_dutch(app: Database) -> None:
    tenant, case = await a_case()
    with pytest.raises(Refused) as refused:
        await uploaded(tenant, case, "foto.pdf", uploads.jpeg())
    assert [reason.code for reason in refused.value.reasons] == ["bestandssoort_wijkt_af"]


async def test_a_case_takes_a_limited_number_of_files(app: Database) -> None:
    tenant, case = await a_case()
    async with scope(tenant, None) as tx:
        for _ in range(MOST_FILES):
            await tx.execute(
                "INSERT INTO file (tenant_id, id, case_id, field, purpose, media_type, size, name, digest, metadata,"
                " state, blocks, remarks, uploaded_at) VALUES ($1, $2, $3, '', 'bijlage', 'x', 1, '', '', '', 'klaar',"
                " '[]', '[]', $4)",
                *(tenant, uuid4(), case, (await tx.fetchval("SELECT created_at FROM tenant WHERE id = $1", tenant))),
            )
    with pytest.raises(Conflict):
        await uploaded(tenant, case, "verslag.pdf", uploads.pdf())


async def test_a_letter_of_ours_is_kept_beside_the_attachments(app: Database) -> None:
    tenant, case = await a_case()
    async with scope(tenant, None) as tx:
        letter = await store(
            tx, case, purpose="brief", name="besluit.pdf", media_type="application/pdf", content=b"%PDF-1.7 brief"
        )
        assert await queries.content(tx, letter, "schoon") == b"%PDF-1.7 brief"
        assert await queries.text(tx, letter) == ""
        (listed,) = await queries.listing(tx, case)
    assert (listed.purpose, listed.name) == ("brief", "besluit.pdf")


def test_a_download_is_saved_and_cannot_run() -> None:
    answer = download('bijlage "één".pdf', "application/pdf", b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''bijlage%20%22%C3%A9%C3%A9n%22.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
