"""Keeps the parts of the portal alive until it is told to stop, then stops them in reverse order."""

import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from imo_portal.embedded import EmbeddedServerError
from imo_portal.launch.console import say
from imo_portal.launch.parts import Backoff, Database, Part

TICK_SECONDS = 0.5
STOP_SECONDS = 30
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Starts the parts in order; later ones may need earlier ones."""

    def __init__(self, parts: Sequence[Part], on_change: Callable[[], None] = lambda: None) -> None:
        self.parts = list(parts)
        self.backoffs = {part.title: Backoff() for part in parts}
        self.on_change = on_change
        self.stopping = 0

    def listen(self) -> None:
        """From here on a signal to stop is obeyed at the next step; a second one does not wait any more."""
        for number in SIGNALS:
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping += 1

    def start(self) -> None:
        for part in self.parts:
            if not self.stopping:
                self._start(part)

    def add(self, part: Part) -> None:
        """One more part, which need not be there for the others to work."""
        self.parts.append(part)
        self.backoffs[part.title] = Backoff()
        if not self.stopping:
            self._start(part)

    def run(self) -> None:
        """Watches until a signal comes."""
        while not self.stopping:
            self.step()
            time.sleep(TICK_SECONDS)

    def step(self) -> None:
        """One look at every part."""
        for part in self.parts:
            self._watch(part)

    def stop(self) -> None:
        """The web server and the worker finish what they are at; the database goes last."""
        for part in self.parts:
            part.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        while self.stopping < 2 and time.monotonic() < deadline and not self._all_have_stopped():
            time.sleep(0.1)
        for part in reversed(self.parts):
            part.finish()

    def _all_have_stopped(self) -> bool:
        return all(part.has_stopped() for part in self.parts)

    def _watch(self, part: Part) -> None:
        backoff = self.backoffs[part.title]
        if backoff.due_at is None and not part.is_alive():
            delay = backoff.died()
            say(f"Остановилась часть портала: {part.title}. Перезапуск через {delay:.0f} с.")
        if backoff.is_due():
            self._start(part)
            if isinstance(part, Database):
                self._renew_listeners()

    def _renew_listeners(self) -> None:
        """The queue's notifications do not survive the database: its listener would only poll."""
        for part in self.parts:
            if part.listens_to_database:
                part.ask_to_stop()

    def _start(self, part: Part) -> None:
        backoff = self.backoffs[part.title]
        try:
            part.start()
        except (EmbeddedServerError, OSError) as error:
            say(str(error))
            backoff.died()
            return
        backoff.started()
        self.on_change()
