"""What is done to a pack: made by a worker, mended and released by the ondersteuner."""
