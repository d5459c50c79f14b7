"""Files: what may be uploaded, how it is kept, and what of it leaves the house."""
