"""Faults of a control relation, in Russian, each with its place in the text."""


class RelationError(Exception):
    """A relation that cannot be accepted.

    `message` is a Russian sentence; `line` and `column` count from 1; `fragment` is the text around
    the fault (empty when the fault has no place).
    """

    def __init__(self, message: str, line: int = 1, column: int = 1, fragment: str = "") -> None:
        self.message = message
        self.line = line
        self.column = column
        self.fragment = fragment
        super().__init__(str(self))

    def __str__(self) -> str:
        near = f", около «{self.fragment}»" if self.fragment else ""
        return f"{self.message} (строка {self.line}, позиция {self.column}{near})"


class RelationSyntaxError(RelationError):
    """The text does not follow the notation."""


class RelationBindingError(RelationError):
    """The text is well formed but does not fit the form: an absent row, a reversed range, …"""


def place_of(text: str, position: int) -> tuple[int, int, str]:
    """Line, column (from 1) and a fragment of at most 24 characters at `position` of `text`."""
    position = max(0, min(position, len(text)))
    line = text.count("\n", 0, position) + 1
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    fragment = " ".join(text[position : position + 24].split())
    return line, column, "".join(ch for ch in fragment if ch.isprintable())


def syntax_error(message: str, text: str, position: int) -> RelationSyntaxError:
    """A syntax fault located at `position` of `text`."""
    return RelationSyntaxError(message, *place_of(text, position))


def binding_error(message: str, text: str, position: int) -> RelationBindingError:
    """A fault of meaning located at `position` of `text`."""
    return RelationBindingError(message, *place_of(text, position))
