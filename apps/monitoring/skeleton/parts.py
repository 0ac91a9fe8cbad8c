"""Literal parts of a page with holes: made once a form version, filled once a request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from apps.monitoring.definition import Hidden

Writer = Callable[[str], str]


@dataclass(frozen=True)
class SectionMark:
    """A section in the navigation; `total` counts the cells a person may fill."""

    address: str
    number: str
    title: str
    depth: int
    total: int


@dataclass
class Skeleton:
    """`parts` joined are the page of a blank response; the rest says which part takes what.

    `values`: address → (part, writer of its value); `options`: address → code → (part, attribute);
    `marks` and `below`: the inside of the field's tag and the place under it; `rows`: section address →
    part that takes the rows of its open table; `conditional`: (part, attribute,
    what of the form it stands or falls with).
    """

    parts: list[str] = field(default_factory=list)
    values: dict[str, tuple[int, Writer]] = field(default_factory=dict)
    options: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    below: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    conditional: list[tuple[int, str, frozenset[str]]] = field(default_factory=list)
    sections: list[SectionMark] = field(default_factory=list)
    section_of: dict[str, int] = field(default_factory=dict)

    def add(self, html: str) -> None:
        self.parts.append(html)

    @property
    def addresses(self) -> set[str]:
        """The cells that have a place here."""
        return {*self.values, *self.options}

    def hole(self, default: str = "") -> int:
        """Adds a part to be written later and gives its place."""
        self.parts.append(default)
        return len(self.parts) - 1

    def squeezed(self) -> "Skeleton":
        """The same with neighbouring literals joined, so that a page is made of as few parts as possible."""
        holes = self._holes()
        parts: list[str] = []
        moved: dict[int, int] = {}
        is_open = False
        for index, part in enumerate(self.parts):
            if index in holes:
                moved[index] = len(parts)
                parts.append(part)
                is_open = False
            elif is_open:
                parts[-1] += part
            else:
                parts.append(part)
                is_open = True
        return Skeleton(
            parts,
            {address: (moved[at], writer) for address, (at, writer) in self.values.items()},
            {
                address: {code: (moved[at], text) for code, (at, text) in codes.items()}
                for address, codes in self.options.items()
            },
            {address: moved[at] for address, at in self.marks.items()},
            {address: moved[at] for address, at in self.below.items()},
            {section: moved[at] for section, at in self.rows.items()},
            [(moved[at], text, cells) for at, text, cells in self.conditional],
            self.sections,
            self.section_of,
        )

    def _holes(self) -> set[int]:
        found = {at for at, _ in self.values.values()}
        found |= {at for codes in self.options.values() for at, _ in codes.values()}
        found |= {*self.marks.values(), *self.below.values(), *self.rows.values()}
        return found | {at for at, _, _ in self.conditional}

    def filled(
        self,
        values: Mapping[str, str],
        *,
        marks: Mapping[str, str] | None = None,
        below: Mapping[str, str] | None = None,
        rows: Mapping[str, str] | None = None,
        hidden: frozenset[str] = frozenset(),
    ) -> str:
        """The page of these values. `marks`, `below`, `rows` hold ready HTML; `values` are stored texts;

        `hidden` is made by `hidden_keys`.
        """
        out = self.parts.copy()
        own, options = self.values, self.options
        for address, value in values.items():
            place = own.get(address)
            if place is not None:
                out[place[0]] = place[1](value)
            elif address in options:
                codes = options[address]
                for code in value.split(","):
                    if code in codes:
                        at, text = codes[code]
                        out[at] = text
        self._write(out, self.marks, marks)
        self._write(out, self.below, below)
        self._write(out, self.rows, rows)
        for at, text, keys in self.conditional if hidden else ():
            if not keys.isdisjoint(hidden):
                out[at] = text
        return "".join(out)

    @staticmethod
    def _write(out: list[str], places: Mapping[str, int], texts: Mapping[str, str] | None) -> None:
        for address, text in (texts or {}).items():
            if address in places:
                out[places[address]] = text

    def progress(self, values: Mapping[str, str]) -> list[int]:
        """How many cells are filled in each section."""
        counts = [0] * len(self.sections)
        places = self.section_of
        for address, value in values.items():
            if value and address in places:
                counts[places[address]] += 1
        return counts


def hidden_keys(hidden: Hidden) -> frozenset[str]:
    """What conditions hide, as one set: «section 2.1», «row 2.1/101», «item q5»."""
    return frozenset(
        f"{kind} {one}"
        for kind, ones in (("section", hidden.sections), ("row", hidden.rows), ("item", hidden.items))
        for one in ones
    )


def stands_with(page: Skeleton, keys: frozenset[str]) -> None:
    """Inside of a tag being added: it is hidden when any of the keys is, on the server and by the script."""
    page.add(f' data-stands="{attribute("|".join(sorted(keys)))}"')
    page.conditional.append((page.hole(), " hidden", keys))


def attribute(text: str) -> str:
    """User text for an attribute in double quotes, or for the inside of an element."""
    return escape(text, quote=True)
