"""What a client of this API does when a connection is cut: the same request again, with the same Idempotency-Key."""

import time

import httpx

PATIENCE = 120.0
PAUSE = 0.25


class Patient(httpx.BaseTransport):
    """A transport that does not give up. `cut`: connections that broke; `replayed`: answers that had been given before;
    `broken`: answers that no client should ever get."""

    def __init__(self) -> None:
        self._inner = httpx.HTTPTransport(limits=httpx.Limits(max_connections=100))
        self.cut: list[str] = []
        self.replayed: list[str] = []
        self.broken: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self._inner.handle_request(request)
                answer.read()
            except httpx.TransportError:
                self.cut.append(f"{request.method} {request.url.path}")
                if time.monotonic() > until:
                    raise
            else:
                if not _first_is_busy(answer) or time.monotonic() > until:
                    return self._noted(request, answer)
            time.sleep(PAUSE)

    def close(self) -> None:
        self._inner.close()

    def _noted(self, request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        place = f"{request.method} {request.url.path}"
        if "idempotency-replayed" in answer.headers:
            self.replayed.append(place)
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            self.broken.append(f"{place}: {answer.text}")
        return answer


def _first_is_busy(answer: httpx.Response) -> bool:
    """Whether the server says that the request we lost is still at work, or that it can't be reached for a moment."""
    return answer.status_code == httpx.codes.SERVICE_UNAVAILABLE or (
        answer.status_code == httpx.codes.CONFLICT and answer.json().get("code") == "bezig"
    )
