"""Guests: people without an account, let into one case by a link that a school or team mailed them."""

from maatwerk.guests.identifying import identify_guest

__all__ = ["identify_guest"]
