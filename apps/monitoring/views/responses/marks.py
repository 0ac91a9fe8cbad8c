"""What stands at and under the cells of a page beside their values: faults, violations, remarks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from apps.monitoring.definition import CompiledForm, Violation
from apps.monitoring.models import Remark
from apps.monitoring.skeleton import attribute


@dataclass
class Marks:
    """Ready HTML by cell address: attributes of its tag, and what stands under it."""

    attributes: dict[str, str] = field(default_factory=dict)
    below: dict[str, str] = field(default_factory=dict)

    def mark(self, address: str, html: str) -> None:
        self.attributes[address] = f"{self.attributes.get(address, '')} {html}"

    def put(self, address: str, html: str) -> None:
        self.below[address] = self.below.get(address, "") + html

    def faults(self, faults: Mapping[str, str]) -> None:
        """Typed texts that their cells can't take."""
        for address, message in faults.items():
            key = f"f-{attribute(address)}"
            self.mark(address, f'aria-invalid="true" data-fault aria-describedby="{key}"')
            self.put(address, f'<div class="cell-fault" id="{key}">{attribute(message)}</div>')

    def sources(self, sources: Mapping[str, str], values: Mapping[str, str]) -> None:
        """Where a prefilled value has come from."""
        for address, title in sources.items():
            if values.get(address):
                self.put(address, f'<div class="cell-source">Источник: {attribute(title)}</div>')

    def seen(self, stored: Mapping[str, str]) -> None:
        """What the server has in the cells whose typed texts are shown again: for the page's script."""
        for address, text in stored.items():
            self.mark(address, f'data-seen="{attribute(text)}"')

    def violations(self, violations: Iterable[Violation]) -> None:
        """Cells of violated relations; an error is stronger than a warning."""
        severities: dict[str, str] = {}
        for one in violations:
            for address in one.addresses:
                if severities.get(address) != "error":
                    severities[address] = one.severity
        for address, severity in severities.items():
            self.mark(address, f'data-violation="{severity}"')

    def missing(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            self.mark(address, 'data-violation="error" aria-invalid="true"')

    def remarks(self, remarks: Iterable[Remark]) -> None:
        """A sign under each cell that leads to its thread."""
        states: dict[str, str] = {}
        for one in remarks:
            if one.address:
                states[one.address] = min(states.get(one.address, "z"), _RANK[one.state])
        for address, rank in states.items():
            state, word = _BY_RANK[rank]
            self.mark(address, f'data-remark="{state}"')
            name = attribute(address)
            self.put(
                address,
                f'<a class="cell-remark is-{state}" href="?cell={name}#cell-panel"'
                f' data-open-cell="{name}">{word}</a>',
            )

    def last_round(self, compiled: CompiledForm, shown: Mapping[str, tuple[str, str]]) -> None:
        """The last round's value and the difference: address → (value, difference)."""
        for address, (value, gap) in shown.items():
            change = f' <span class="cell-gap">{attribute(gap)}</span>' if gap else ""
            self.put(address, f'<div class="cell-last">{attribute(value)}{change}</div>')


_RANK = {"open": "a", "answered": "b", "resolved": "c"}
_BY_RANK = {
    "a": ("open", "замечание"),
    "b": ("answered", "отвечено"),
    "c": ("resolved", "снято"),
}
