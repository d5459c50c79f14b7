"""Every setting of a process, read once. Nothing else reads the environment, save the clock's file name."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Where the engines are and how this process presents itself; secrets never show in a repr."""

    database_url: str
    dispatch_database_url: str
    migrate_database_url: str
    redis_url: str
    smtp_url: str
    port: int
    data: Path
    tenants: Path
    kek_file: Path
    public_url: str
    sender_domain: str
    demo: bool
    pool_size: int
    clamd_url: str = ""

    def __repr__(self) -> str:
        return f"Settings(port={self.port}, demo={self.demo})"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Reads MAATWERK_*; without a database URL the URLs are empty and only commands that need none will work."""
        env = os.environ if environment is None else environment
        port = int(env.get("MAATWERK_PORT", "8000"))
        data = Path(env.get("MAATWERK_DATA", "var"))
        return cls(
            database_url=env.get("MAATWERK_DATABASE_URL", ""),
            dispatch_database_url=env.get("MAATWERK_DISPATCH_DATABASE_URL", ""),
            migrate_database_url=env.get("MAATWERK_MIGRATE_DATABASE_URL", ""),
            redis_url=env.get("MAATWERK_REDIS_URL", ""),
            smtp_url=env.get("MAATWERK_SMTP_URL", ""),
            port=port,
            data=data,
            tenants=Path(env.get("MAATWERK_TENANTS_DIR", "tenants")),
            kek_file=Path(env.get("MAATWERK_KEK_FILE", str(data / "kek"))),
            public_url=env.get("MAATWERK_PUBLIC_URL", f"http://127.0.0.1:{port}"),
            sender_domain=env.get("MAATWERK_SENDER_DOMAIN", "maatwerk.example"),
            demo=env.get("MAATWERK_DEMO", "") == "1",
            pool_size=int(env.get("MAATWERK_POOL_SIZE", "8")),
            clamd_url=env.get("MAATWERK_CLAMD_URL", ""),
        )


_in_force: list[Settings] = []


def put_in_force(settings: Settings | None) -> None:
    """Makes these the settings of this process, for what no caller hands them to: handlers and actions. None ends that."""
    _in_force[:] = [settings] if settings else []


def in_force() -> Settings:
    """The settings of this process; raises RuntimeError before `startup.start`."""
    if not _in_force:
        raise RuntimeError("the settings have not been put in force")
    return _in_force[0]
