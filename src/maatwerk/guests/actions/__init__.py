"""What is done with guests and their links, one verb per file."""
