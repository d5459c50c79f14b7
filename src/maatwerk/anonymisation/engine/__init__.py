"""Takes direct identification out of Dutch school and care prose: one function. A later engine may stand behind it."""

from maatwerk.anonymisation.engine.persons import Known, Person
from maatwerk.anonymisation.engine.redact import Redaction, Replacement, redact

__all__ = ["Known", "Person", "Redaction", "Replacement", "redact"]
