"""A demo service for one run: in a temporary folder, on a free port, gone afterwards. It never touches another service."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from maatwerk.local.client import TookTooLong, wait_for
from maatwerk.local.faults import LocalFault
from maatwerk.local.ports import free_port
from maatwerk.local.running import find_running

_KEPT = ("MAATWERK_TENANTS_DIR",)
_SECONDS_TO_START, _SECONDS_TO_STOP = 180.0, 12.0


@contextmanager
def own_service() -> Iterator[Path]:
    """Starts a service and answers its data folder; stops it in the end. Raises LocalFault when it does not start."""
    with tempfile.TemporaryDirectory(prefix="maatwerk-demo-") as folder:
        data = Path(folder) / "data"
        log = Path(folder) / "up.log"
        process = _start(data, log)
        try:
            _await(process, data, log)
            yield data
        finally:
            _stop(process)


def _start(data: Path, log: Path) -> "subprocess.Popen[bytes]":
    command = [str(Path(sys.executable).with_name("maatwerk")), "up", "--met-ouder"]
    with log.open("wb") as output:
        return subprocess.Popen(command, stdout=output, stderr=output, env=_environment(data), start_new_session=True)


def _environment(data: Path) -> Mapping[str, str]:
    """Ours, without what would point the service at engines or a clock of somebody else."""
    inherited = {n: v for n, v in os.environ.items() if not n.startswith("MAATWERK_") or n in _KEPT}
    return inherited | {"MAATWERK_DATA": str(data), "MAATWERK_PORT": str(free_port())}


def _await(process: "subprocess.Popen[bytes]", data: Path, log: Path) -> None:
    def up() -> bool:
        return process.poll() is not None or find_running(data) is not None

    try:
        wait_for(up, _SECONDS_TO_START)
    except TookTooLong:
        raise LocalFault("De eigen demodienst is niet op tijd begonnen.", "Probeer het nog eens.") from None
    if process.poll() is not None:
        said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise LocalFault("De eigen demodienst begon niet.", said[-1] if said else "Probeer: make up.")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
