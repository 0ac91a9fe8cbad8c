"""What a page may not do in silence: errors, violations of the policy, failed requests, foreign hosts."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# A page that is left stops its requests; a file that is downloaded stops its navigation.
STOPPED = "net::ERR_ABORTED"


class Guard:
    """Listens to everything a context does; `check()` fails with what was heard.

    A test names what it provokes itself with `expect(pattern)`: a refused form answers 422, for example.
    """

    def __init__(self, context: BrowserContext, host: str) -> None:
        self.host = host
        self.heard: list[str] = []
        self.expected: list[re.Pattern[str]] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def expect(self, pattern: str) -> None:
        self.expected.append(re.compile(pattern))

    def check(self) -> None:
        unexpected = [line for line in self.heard if not any(one.search(line) for one in self.expected)]
        assert unexpected == []

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.heard.append(f"console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.heard.append(f"error: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.host:
            self.heard.append(f"foreign host: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != STOPPED:
            self.heard.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.heard.append(f"status of {response.status}: {response.url}")
