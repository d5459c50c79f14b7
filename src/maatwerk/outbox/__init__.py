"""The outbox: messages to handlers, written with the deed and delivered at least once, with effect once."""

from maatwerk.outbox.posting import Message, post, read

__all__ = ["Message", "post", "read"]
