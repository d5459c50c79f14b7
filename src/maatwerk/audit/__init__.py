"""The audit trail: final rows in the transaction of the deed, chained afterwards by one writer."""

from maatwerk.audit.chaining import Head, chain, head, start_epoch
from maatwerk.audit.recording import record
from maatwerk.audit.verifying import Verdict, verify

__all__ = ["Head", "Verdict", "chain", "head", "record", "start_epoch", "verify"]
