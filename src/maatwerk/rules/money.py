"""Money is whole eurocents everywhere; this is the only place where it becomes words, and where a share of it is rounded."""


def euro(cents: int) -> str:
    """`€ 1.240,00`."""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"€ {sign}{whole:,}".replace(",", ".") + f",{rest:02d}"


def rounded_share(cents: int, percent: int) -> int:
    """`percent` hundredths of an amount that is not negative, to the nearest cent; half a cent goes up. Every share of the
    rules (VAT, what a partnership pays) is rounded here, and what remains is the amount less this."""
    return pro_rata(cents, percent, 100)


def pro_rata(cents: int, part: int, whole: int) -> int:
    """The same for any share: `part` of `whole` parts, such as three days of a week of five."""
    return (2 * cents * part + whole) // (2 * whole)
