"""Organisations: schools, municipalities and others. Each tenant has its own; a public number says which are the same."""
