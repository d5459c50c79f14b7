"""Turns a Typst source and data into a PDF, in a child that can open no file and no connection. Data is never read as Typst code."""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

SECONDS = 20.0
_CHILD = [sys.executable, "-I", str(Path(__file__).with_name("compiling.py"))]
_REFUSED = 3  # as in compiling.py
_ENVIRONMENT = {"LC_ALL": "C.UTF-8"}


class TypesettingFailed(RuntimeError):
    """No PDF came. `diagnostic` is for whoever writes the layout: it may quote the data, so it is in no message or log."""

    def __init__(self, cause: str, diagnostic: str = "") -> None:
        super().__init__(f"De brief kon niet worden opgemaakt: {cause}.")
        self.diagnostic = diagnostic


def render(template: Path | str, data: Mapping[str, Any], *, at: datetime, seconds: float = SECONDS) -> bytes:
    """A tagged PDF/UA-1 (and PDF/A-2a): a Path is read, a str is the source itself; it finds the data as JSON in `sys.inputs.data`.

    The source must set the document's title and date. Equal arguments give equal bytes; `at` (aware) is its clock.
    """
    with tempfile.TemporaryDirectory() as root:
        try:
            done = subprocess.run(
                _CHILD,
                input=_job(template, data, at, root),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                cwd=root,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TypesettingFailed("het duurde te lang") from None
    return _answer(done.returncode, done.stdout)


async def render_aside(
    template: Path | str, data: Mapping[str, Any], *, at: datetime, seconds: float = SECONDS
) -> bytes:
    """As `render`, while the event loop goes on; cancelling it ends the child."""
    with tempfile.TemporaryDirectory() as root:
        child = await asyncio.create_subprocess_exec(
            *_CHILD,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd=root,
        )
        try:
            async with asyncio.timeout(seconds):
                output, _ = await child.communicate(_job(template, data, at, root))
        except TimeoutError:
            raise TypesettingFailed("het duurde te lang") from None
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
    return _answer(child.returncode, output)


def _job(template: Path | str, data: Mapping[str, Any], at: datetime, root: str) -> bytes:
    source = template.read_text(encoding="utf-8") if isinstance(template, Path) else template
    return json.dumps({"source": source, "data": data, "at": at.isoformat(), "root": root}).encode()


def _answer(status: int | None, output: bytes) -> bytes:
    if status == 0 and output.startswith(b"%PDF-"):
        return output
    if status == _REFUSED:
        raise TypesettingFailed("de opmaak bevat een fout", output.decode("utf-8", "replace"))
    raise TypesettingFailed("de opmaak brak af")
