"""Tasks: what somebody has to do that is no act of a case by itself, or that an act of the case completes."""
