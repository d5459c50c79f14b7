"""Takes direct identification out of Dutch school and care prose: one function per text, one story per case."""

from maatwerk.anonymisation.engine.persons import Known, Person
from maatwerk.anonymisation.engine.redact import Doubt, Redaction, Replacement, Story, redact

__all__ = ["Doubt", "Known", "Person", "Redaction", "Replacement", "Story", "redact"]
