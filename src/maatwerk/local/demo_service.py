"""The demo service from nothing to running. It works on a database that demo mode made, on loopback, and on no other."""

import asyncio
import os

from maatwerk.crypto.kek import add_kek
from maatwerk.local import targets
from maatwerk.local.engines import Engines, Say
from maatwerk.local.faults import LocalFault
from maatwerk.local.ports import answers, free_port
from maatwerk.local.preparing import MakeAccounts, prepare
from maatwerk.local.running import Running, forget_running, note_running
from maatwerk.local.service_processes import children, clock_file
from maatwerk.local.supervisor import Supervisor
from maatwerk.settings import Settings


class DemoService:
    """One `maatwerk up`."""

    def __init__(self, settings: Settings, say: Say, accounts: MakeAccounts | None = None) -> None:
        self._given = settings
        self._say = say
        self._accounts = accounts

    def run(self) -> None:
        """Stays until it is told to stop. Raises LocalFault with one sentence for whatever stands in the way."""
        given = self._given
        targets.refuse_settings(given)
        with Engines(given.data, postgres=not given.database_url, redis=not given.redis_url) as engines:
            targets.refuse_busy_port(given.port)
            if given.redis_url:
                targets.refuse_absent_redis(given.redis_url)
            self._ensure_kek(engines)
            engines.run(self._say)
            mail_port = free_port()
            settings = targets.completed(given, engines, mail_port)
            os.environ["MAATWERK_CLOCK"] = str(clock_file(settings))
            asyncio.run(prepare(settings, engines, self._accounts, self._say))
            self._supervise(settings, engines, mail_port)

    def _ensure_kek(self, engines: Engines) -> None:
        """A new data folder gets a KEK; one that has a database and lost it can no longer be read."""
        path = self._given.kek_file
        if path.exists():
            return
        if engines.postgres is None or engines.postgres.folder.exists():
            raise LocalFault(
                f"De hoofdsleutel {path} ontbreekt, dus de gegevens in deze database zijn niet te lezen.",
                f"Zet het bestand terug, of verwijder {engines.data} om met een lege demo te beginnen.",
            )
        add_kek(path)
        self._say(f"Hoofdsleutel gemaakt in {path}.")

    def _supervise(self, settings: Settings, engines: Engines, mail_port: int) -> None:
        caught = None if self._given.smtp_url else targets.mails(settings.data, settings.port, mail_port)
        services = [*([caught.catcher] if caught else []), *children(settings)]
        page, folder = (caught.page, str(caught.folder)) if caught else ("", "")
        self._say(f"Processen starten: {', '.join(child.name for child in services)}.")

        engine_urls = settings.database_url, settings.redis_url

        def announce() -> None:
            note_running(settings.data, Running(settings.public_url, page, folder, *engine_urls))
            self._say(f"Opgevangen post: {page}" if caught else "Mail gaat naar de server van MAATWERK_SMTP_URL.")
            self._say(f"Klaar: {settings.public_url} (Ctrl-C stopt alles).")

        try:
            supervisor = Supervisor(settings.data, engines, services, self._say)
            supervisor.run(lambda: answers(settings.port), announce)
        finally:
            forget_running(settings.data)
