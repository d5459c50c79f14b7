"""What is noted of an exception that nobody expected: its class and where it came from. Never its text, which may hold
personal data. The line bears the request id that the answer names."""

from maatwerk import logs


def note(error: BaseException) -> None:
    """Logs one line."""
    logs.failure("http.unexpected", error)
