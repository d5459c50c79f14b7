"""Decisions: doing an act with everything that follows, the besluit and its letter, clocks that warn and pass."""
