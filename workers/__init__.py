"""The processes behind the outbox. Relay and ticker import no handler: only a worker carries all that its handlers need."""
