"""Reviews: who can sit on a seat, and what a reviewer reads. A reviewer never meets the case itself here."""
