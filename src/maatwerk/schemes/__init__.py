"""Versions of schemes: written as a concept, tried on cases of last year, published by a second person from a day on."""
