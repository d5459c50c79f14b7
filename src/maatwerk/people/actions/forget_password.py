"""Somebody forgot his password: a mail is asked for. Whether the address has an account is not looked at here, so that neither the
answer nor the time can tell; how often one may ask hangs on what was typed and from where."""

from maatwerk.people import account_mail, delays
from maatwerk.people.accounts import address_of
from maatwerk.people.scopes import identity_scope

FREE_PER_NETWORK = 30
ASKED = "Een nieuw wachtwoord is te vaak gevraagd"


async def forget_password(address: str, network: str) -> None:
    """Asks for the mail. Raises TooSoon (429) for an address, or from a network, that asked too often."""
    async with identity_scope() as tx:
        await delays.charge(tx, f"vergeten/{address_of(address)}", "", told=ASKED)
        await delays.charge(tx, "vergeten", network, free=FREE_PER_NETWORK, told=ASKED)
        await account_mail.ask(tx, "wachtwoord_vergeten", address)
