"""Builders: plain functions that make what a test needs, with the ordinary values filled in."""

from pathlib import Path
from uuid import UUID, uuid4

from maatwerk.tenancy import TenantFile, load_tenant


async def a_tenant(code: str = "") -> UUID:
    """A tenant in the database, with a code of its own."""
    code = code or f"proef-{uuid4().hex[:8]}"
    return await load_tenant(TenantFile(Path(code), code, f"Samenwerkingsverband {code}", {}))
