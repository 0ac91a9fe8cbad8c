"""What was measured, beside what is asked."""

import json
import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Line:
    """One row of the table: the figure, the limit, whether it is reached (None: for information)."""

    what: str
    value: str
    limit: str
    reached: bool | None


@dataclass
class Results:
    lines: list[Line] = field(default_factory=list)

    def at_most(self, what: str, value: float, limit: float, unit: str) -> None:
        self._add(Line(what, f"{value:.3g} {unit}", f"≤ {limit:g} {unit}", value <= limit))

    def at_least(self, what: str, value: float, limit: float, unit: str = "") -> None:
        self._add(Line(what, f"{value:.3g} {unit}".strip(), f"≥ {limit:g} {unit}".strip(), value >= limit))

    def told(self, what: str, value: str) -> None:
        self._add(Line(what, value, "", None))

    def _add(self, line: Line) -> None:
        self.lines.append(line)
        print(_row(line), flush=True)  # noqa: T201

    def table(self) -> str:
        return "\n".join(_row(line) for line in self.lines)

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        document = {
            "machine": {"processor": platform.machine(), "python": platform.python_version()},
            "lines": [asdict(line) for line in self.lines],
        }
        path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    @property
    def failed(self) -> list[Line]:
        return [line for line in self.lines if line.reached is False]


def _row(line: Line) -> str:
    sign = {True: "ok", False: "MISSED", None: ""}[line.reached]
    return f"{line.what:<74} {line.value:>16}  {line.limit:>14}  {sign}"
