"""The process that reads files of strangers: what goes wrong in it stays in it."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maatwerk.files.examiner import Examiner, Question
from tests import uploads

PARENT = """
import time
from maatwerk.files.examiner import Examiner, Question
examiner = Examiner()
examiner.ask(Question("x.png", b"", "", []))
print(examiner.pid, flush=True)
time.sleep(60)
"""


def question(name: str = "verslag.pdf", content: bytes | None = None) -> Question:
    return Question(name, uploads.pdf() if content is None else content, "bijlagen", [])


@contextmanager
def an_examiner(seconds: float = 30.0) -> Iterator[Examiner]:
    examiner = Examiner(seconds)
    try:
        yield examiner
    finally:
        examiner.stop()


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_examined() -> None:
    with an_examiner(seconds=0.0001) as examiner:
        answer = examiner.ask(question())
        assert [reason.code for reason in answer.reasons] == ["bestand_te_ingewikkeld"]
        assert examiner.pid is None
        assert [reason.code for reason in examiner.ask(question()).reasons] == ["bestand_te_ingewikkeld"]


def test_a_process_that_died_is_started_again() -> None:
    with an_examiner() as examiner:
        examiner.ask(question())
        assert examiner.pid is not None
        os.kill(examiner.pid, signal.SIGKILL)
        answers = [examiner.ask(question()), examiner.ask(question())]
    assert answers[-1].examined is not None


def test_one_process_answers_one_file_after_another() -> None:
    with an_examiner() as examiner:
        first = examiner.ask(question())
        pid = examiner.pid
        second = examiner.ask(question("foto.jpg", uploads.photo()))
        third = examiner.ask(question("foto.pdf", uploads.photo()))
        assert examiner.pid == pid
    assert first.examined is not None
    assert second.examined is not None
    assert (first.examined.media_type, second.examined.media_type) == ("application/pdf", "image/jpeg")
    assert [reason.code for reason in third.reasons] == ["bestandssoort_wijkt_af"]


def test_the_process_gets_no_setting_and_no_secret() -> None:
    with an_examiner() as examiner:
        examiner.ask(question())
        assert Path(f"/proc/{examiner.pid}/environ").read_bytes().strip(b"\0") == b"LANG=C.UTF-8"


def test_the_process_leaves_when_its_parent_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    try:
        assert select.select([child], [], [], 10)[0], "it still runs"
    finally:
        os.close(child)
