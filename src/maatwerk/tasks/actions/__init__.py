"""What is done to tasks: one verb per module."""
