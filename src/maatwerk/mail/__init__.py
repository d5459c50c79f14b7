"""Mail: queued with the deed that it tells of, sent by a worker, logged, and followed when it comes back."""

from maatwerk.mail.queueing import queue

__all__ = ["queue"]
