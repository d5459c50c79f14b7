"""Organisations: schools, municipalities and others, shared by tenants; each tenant says of its own what it needs."""
