"""`maatwerk demo` as a new user meets it: nothing runs, so it brings its own service, plays, and leaves nothing behind."""

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from maatwerk.local.demo_own_service import own_service
from tests.clocks import set_clock
from tests.journeys.processes import runs

DEMO = [str(Path(sys.executable).with_name("maatwerk")), "demo"]
ROOT = Path(__file__).parents[2]
INCOMPLETE = ROOT / "examples" / "regio-36" / "04-vo-onvolledig"


def demo(data: Path, *more: str, temporary: Path = Path("/tmp")) -> "subprocess.CompletedProcess[str]":
    environment = {"MAATWERK_DATA": str(data), "TMPDIR": str(temporary), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return subprocess.run([*DEMO, *more], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=400)


def processor_seconds() -> float:
    """What every process that we started, and that has ended, used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def with_in_their_command(folder: Path) -> list[int]:
    """The processes that have this folder in their command line."""
    found = [path for path in Path("/proc").glob("[0-9]*/cmdline") if str(folder).encode() in _read(path)]
    return [pid for path in found if runs(pid := int(path.parent.name))]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def up() -> Iterator[Path]:
    """The data folder of a demo service that runs."""
    with own_service() as folder:
        yield folder


@pytest.fixture
def data(up: Path) -> Path:
    """The same, some minutes later: everybody has a fresh code to log in with."""
    clock = up / "clock"
    passed = float(clock.read_text(encoding="ascii")) if clock.exists() else 0.0
    set_clock(clock, passed + 300)
    return up


@pytest.fixture
def one_example(tmp_path: Path) -> Path:
    """A folder with a single example, to change."""
    shutil.copytree(INCOMPLETE, tmp_path / "voorbeelden" / "een")
    return tmp_path / "voorbeelden"


@pytest.mark.requirement("R36-46", "R36-49")
def test_the_demo_plays_every_example_prints_the_besluit_and_leaves_nothing_running(tmp_path: Path) -> None:
    began, used = time.monotonic(), processor_seconds()
    done = demo(tmp_path / "data", temporary=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    # Beside other work it takes as long as that leaves it; then what it used itself has to do.
    assert min(time.monotonic() - began, processor_seconds() - used) < 60
    assert done.stderr == ""
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[0] == "Er draait geen demodienst; een eigen dienst begint in een tijdelijke map."
    assert lines[-1] == "Klaar: 6 voorbeelden gingen zoals verwacht."
    assert len([line for line in lines if line.startswith("✉ Besluit op uw aanvraag")]) == 4
    assert len([line for line in lines if line.startswith("Besluit: besluit-") and "bytes" in line]) == 4
    text = " ".join(line.removeprefix("│ ") for line in lines if line.startswith("│"))
    assert "een bijdrage toe van ten hoogste € 1.240,00" in text
    assert "Ons advies hoe u verder kunt: Begin met het maatje van de bibliotheek" in text
    assert any("Een overbrugging duurt hooguit 3 kalendermaanden." in line for line in lines)
    assert list(tmp_path.iterdir()) == []
    assert with_in_their_command(tmp_path) == []


def test_it_uses_the_service_that_runs_and_can_be_played_again_at_once(data: Path, one_example: Path) -> None:
    for _ in range(2):
        done = demo(data, str(one_example))
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("De dienst is http://127.0.0.1:")
        assert done.stdout.rstrip().endswith("Klaar: 1 voorbeelden gingen zoals verwacht.")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ('fase = "een andere fase"', "de fase is 'controle volledigheid' in plaats van 'een andere fase'."),
        ('geweigerd = "leeftijd"', "dit had geweigerd moeten worden."),
        ('post = ["iemand"]', "'iemand' staat niet onder [wie]."),
    ],
)
def test_what_is_not_as_expected_is_said_in_one_sentence(
    data: Path, one_example: Path, change: str, sentence: str
) -> None:
    course = one_example / "een" / "verloop.toml"
    told = course.read_text(encoding="utf-8").replace('post = ["school"]', "", 1)
    course.write_text(told.replace('fase = "controle volledigheid"', change, 1), encoding="utf-8")
    done = demo(data, str(one_example))
    assert done.returncode == 1
    assert done.stderr.startswith("maatwerk demo: een: ")
    assert done.stderr.endswith(f"{sentence}\n")
    assert done.stderr.count("\n") == 1


def test_a_folder_without_examples_is_said_in_one_line(tmp_path: Path) -> None:
    done = demo(tmp_path / "data", str(tmp_path))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "staan geen voorbeelden" in done.stderr
