"""Cases: drafts, filing, acts and where each case stands. Acts are appended here and nowhere else."""
