"""The service's engines for the length of a command. What can be wrong with them becomes one Dutch line, as Refused."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import asyncpg

from maatwerk import startup
from maatwerk.crypto import KekUnusable
from maatwerk.rules.refusals import Refused
from maatwerk.settings import Settings

UNREACHABLE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.ClientConfigurationError,
)


def settings() -> Settings:
    """The settings of this process. Raises Refused for a number that is none."""
    try:
        return Settings.from_environment()
    except ValueError as error:
        raise Refused.because("settings", "Een van de getallen in MAATWERK_* is geen getal.") from error


@contextmanager
def understandable() -> Iterator[None]:
    """Turns the faults of an engine, on the way in or later, into Refused."""
    try:
        yield
    except KekUnusable as error:
        raise Refused.because("kek", str(error)) from error
    except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError) as error:
        raise Refused.because("database_login", "De database weigert deze gebruiker of dit wachtwoord.") from error
    except asyncpg.UndefinedTableError as error:
        raise Refused.because("migrations", "De database loopt achter.", mend="Draai: maatwerk migrate") from error
    except UNREACHABLE as error:
        raise Refused.because("database", "De database is niet bereikbaar.", mend="Kijk MAATWERK_*_URL na.") from error


@asynccontextmanager
async def opened() -> AsyncIterator[Settings]:
    """The application's pool and keys. Raises Refused when they do not open or fall away."""
    current = settings()
    if not current.database_url:
        raise Refused.because("database_url", "MAATWERK_DATABASE_URL is niet gezet.")
    with understandable():
        async with startup.running(current):
            yield current
