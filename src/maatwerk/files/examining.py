"""The process that reads files of strangers: `python -m maatwerk.files.examining SECONDS`. It answers what examiner.py asks
until the pipe is closed, and ends itself when a file takes too long or too much."""

import os
import resource
import signal
import sys
from contextlib import suppress

from maatwerk.files.examination import examine_here
from maatwerk.files.examiner import TOO_HARD, Answer, Question, receive, send
from maatwerk.rules.refusals import Refused

MEMORY = 1024**3
PATIENCE = 5  # how many times as long it may take in all, on a machine that is busy


def _serve(seconds: float) -> None:
    """What the other process does: answers questions until the pipe is closed. SIGPROF ends it when one takes
    too much computing, SIGALRM when it takes too long."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with suppress(EOFError, BrokenPipeError):
        while True:
            question = receive(sys.stdin.buffer, Question)
            _limit(seconds)
            answer = _answer(question)
            _limit(0)
            send(answers, answer)


def _limit(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * PATIENCE)


def _answer(question: Question) -> Answer:
    try:
        found = examine_here(question.name, question.content, question.place, frozenset(question.not_bsn))
    except Refused as refused:
        return Answer(refused.reasons)
    except MemoryError:
        return Answer((TOO_HARD,))
    return Answer(examined=found)


if __name__ == "__main__":
    _serve(float(sys.argv[1]))
