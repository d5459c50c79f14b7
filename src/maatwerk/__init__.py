"""maatwerk: samenwerkingsverbanden voeren hier hun ondersteuningsbudgetten uit."""
