"""The outbox: messages to handlers, written with the deed and delivered at least once, with effect once."""

from maatwerk.outbox.dispatch import Waiting, claim, dispatch_scope, earliest, post_as_dispatch
from maatwerk.outbox.jobs import (
    DeadJob,
    Job,
    Superseded,
    begin,
    dead_jobs,
    fail,
    fail_within,
    finish,
    forget_done,
    redrive,
    take,
)
from maatwerk.outbox.posting import CHANNEL, Message, post, read

__all__ = [
    "CHANNEL",
    "DeadJob",
    "Job",
    "Message",
    "Superseded",
    "Waiting",
    "begin",
    "claim",
    "dead_jobs",
    "dispatch_scope",
    "earliest",
    "fail",
    "fail_within",
    "finish",
    "forget_done",
    "post",
    "post_as_dispatch",
    "read",
    "redrive",
    "take",
]
