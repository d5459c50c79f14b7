"""What can be done with accounts and memberships: one verb per file."""
