"""Asking the process that reads files of strangers (examining.py): a parser that hangs, crashes or eats memory takes that
process down and nothing else. It lives until we close the pipe and gets no secret; no parser is imported on this side."""

import asyncio
import atexit
import queue
import struct
import subprocess
import sys
from contextlib import suppress
from typing import IO, TypeVar

import msgspec

from maatwerk.files.kinds import Examined
from maatwerk.rules.refusals import Reason, Refused

SECONDS = 4.0
PROCESSES = 2
LONGEST = 400 * 1024**2
LENGTH = struct.Struct(">I")
TOO_HARD = Reason(
    "bestand_te_ingewikkeld",
    "Het bestand is te ingewikkeld om na te kijken.",
    "Sla het opnieuw op als eenvoudige PDF, of splits het in delen.",
    "bestand",
)


M = TypeVar("M")


class Question(msgspec.Struct):
    """What the process is asked about one file."""

    name: str
    content: bytes
    place: str
    not_bsn: list[str]


class Answer(msgspec.Struct):
    """Grounds to refuse the file, or what was learnt."""

    reasons: tuple[Reason, ...] = ()
    examined: Examined | None = None


async def examine(name: str, content: bytes, *, place: str = "", not_bsn: frozenset[str] = frozenset()) -> Examined:
    """Examines an upload outside this process, within 4 seconds of its computing. Raises Refused with every ground, in Dutch."""
    question = Question(name, content, place, sorted(not_bsn))
    answer = await asyncio.to_thread(_ask_a_free_one, question)
    if answer.examined is None:
        raise Refused(answer.reasons)
    return answer.examined


class Examiner:
    """The other process, started at the first question and again after it died. One question at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process's number, None when it does not run."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def ask(self, question: Question) -> Answer:
        """Answers with a refusal when the process did not survive the question."""
        process = self._process if self._process and self._process.poll() is None else self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            send(process.stdin, question)
            return receive(process.stdout, Answer)
        except (EOFError, BrokenPipeError, msgspec.DecodeError):
            self.stop()
            return Answer((TOO_HARD,))

    def stop(self) -> None:
        """Ends the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with suppress(BrokenPipeError):
            process.communicate()

    def _start(self) -> subprocess.Popen[bytes]:
        self.stop()
        command = [sys.executable, "-I", "-m", "maatwerk.files.examining", str(self._seconds)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"LANG": "C.UTF-8"}
        )
        return self._process


_free: "queue.LifoQueue[Examiner]" = queue.LifoQueue()
for _examiner in [Examiner() for _ in range(PROCESSES)]:
    _free.put(_examiner)
    atexit.register(_examiner.stop)


def _ask_a_free_one(question: Question) -> Answer:
    examiner = _free.get()
    try:
        return examiner.ask(question)
    finally:
        _free.put(examiner)


def send(pipe: IO[bytes], message: Question | Answer) -> None:
    """Writes a message with its length before it."""
    body = msgspec.msgpack.encode(message)
    pipe.write(LENGTH.pack(len(body)) + body)
    pipe.flush()


def receive(pipe: IO[bytes], kind: type[M]) -> M:
    """Reads one. Raises EOFError when the other has gone, msgspec.DecodeError for what is none."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    body = pipe.read(min(length, LONGEST))
    if len(body) < length:
        raise EOFError
    return msgspec.msgpack.decode(body, type=kind)
