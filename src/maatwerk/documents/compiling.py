"""The child process that runs Typst: one job from standard input, one PDF to standard output. Not imported: `typesetting` starts this file.

It imports nothing of ours, so that it starts fast, and gives up every means to reach a file or the network before it reads the job.
"""

import ctypes
import json
import resource
import signal
import sys
from datetime import datetime

import typst

CPU_SECONDS = 10
MEMORY = 1024 * 1024 * 1024
PR_SET_PDEATHSIG = 1
REFUSED = 3


def main() -> int:
    """Answers 0 with a PDF on standard output, or 3 with Typst's message and hints there."""
    _confine()
    job = json.loads(sys.stdin.buffer.read())
    try:
        pdf = typst.compile(
            job["source"].encode(),
            root=job["root"],
            package_path=job["root"],
            package_cache_path=job["root"],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(job["data"])},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=datetime.fromisoformat(job["at"]),
        )
    except typst.TypstError as error:
        sys.stdout.buffer.write("\n".join([error.message, *error.hints]).encode())
        return REFUSED
    sys.stdout.buffer.write(pdf)
    return 0


def _confine() -> None:
    """Limits time and memory, dies with the parent, and allows no descriptor beyond the three that are open."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


if __name__ == "__main__":
    sys.exit(main())
