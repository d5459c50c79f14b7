"""Encryption: values sealed in their place, keys per tenant, case and pack, blind indexes, the KEK around it all."""

from maatwerk.crypto.blind import blind_index, index_value, normalise
from maatwerk.crypto.kek import FileKek, Kek, KekUnusable, add_kek
from maatwerk.crypto.keys import Erased, case_key, case_keys, destroy_case_key, new_case_key, opening_key, tenant_key
from maatwerk.crypto.packs import destroy_pack_key, new_pack_key, open_pack_key
from maatwerk.crypto.ring import RING
from maatwerk.crypto.sealed import Sealed
from maatwerk.crypto.sealing import Context, Key, Unreadable, seal, unseal

__all__ = [
    "RING",
    "Context",
    "Erased",
    "FileKek",
    "Kek",
    "KekUnusable",
    "Key",
    "Sealed",
    "Unreadable",
    "add_kek",
    "blind_index",
    "case_key",
    "case_keys",
    "destroy_case_key",
    "destroy_pack_key",
    "index_value",
    "new_case_key",
    "new_pack_key",
    "normalise",
    "open_pack_key",
    "opening_key",
    "seal",
    "tenant_key",
    "unseal",
]
