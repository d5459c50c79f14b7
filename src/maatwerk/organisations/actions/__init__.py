"""What can be done with organisations: one verb per file."""
