"""Codes of an authenticator app (RFC 6238): thirty seconds, six digits, SHA-1. One step early or late is accepted; that a
code works once is kept by whoever stores the counter."""

import hmac
from datetime import datetime

import pyotp

STEP = 30
DRIFT = 1
ISSUER = "maatwerk"
NOBODY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def new_totp_secret() -> str:
    """160 random bits in base32."""
    return pyotp.random_base32()


def matching_counter(secret: str, code: str, moment: datetime) -> int | None:
    """The step whose code this is, or None; every step is looked at, so that the time tells nothing."""
    now = int(moment.timestamp()) // STEP
    generator = pyotp.HOTP(secret)
    found = None
    for counter in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(generator.at(counter).encode(), code.encode()):
            found = counter
    return found


def enrolment_url(secret: str, address: str) -> str:
    """What an app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=address, issuer_name=ISSUER)
