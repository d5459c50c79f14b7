"""Money is whole eurocents everywhere; this is the only place where it becomes words."""


def euro(cents: int) -> str:
    """`€ 1.240,00`."""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"€ {sign}{whole:,}".replace(",", ".") + f",{rest:02d}"
