"""Run as a file: drops root, ties itself to its parent, then becomes the command. Imports the standard library only.

The kernel watches the *thread* that started the child: a supervisor starts children from a thread that stays.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with_parent(number: int, parent: int) -> None:
    """Asks the kernel for signal `number` when process `parent` ends; leaves at once when it has gone already."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        os._exit(1)


def drop_root(uid: int, gid: int) -> None:
    """Becomes that user for good, without supplementary groups."""
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)


def main(arguments: list[str]) -> None:
    """Arguments: signal, parent's pid, "uid:gid" or "-", and the command with an absolute path."""
    number, parent, account, *command = arguments
    if account != "-":
        uid, gid = account.split(":")
        drop_root(int(uid), int(gid))
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for ignored in (signal.SIGINT, signal.SIGPIPE):
        signal.signal(ignored, signal.SIG_DFL)
    die_with_parent(int(number), int(parent))
    os.execv(command[0], command)  # noqa: S606 - becoming the command is what this file is for


if __name__ == "__main__":
    main(sys.argv[1:])
