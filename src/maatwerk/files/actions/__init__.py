"""What is done to kept files: one verb per module."""
