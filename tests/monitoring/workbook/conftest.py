"""A workbook as a school's clerk has it: opened in a spreadsheet program, changed, saved."""

import io

import pytest
from openpyxl import load_workbook

from tests.monitoring.responses.conftest import campaign, ready, response, url, version

__all__ = ["campaign", "ready", "response", "url", "version"]


class Clerk:
    """Finds cells by the codes a person sees, writes into them, saves."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(io.BytesIO(content))

    def at(self, address: str):
        """The cell of a row and column code, or of a question."""
        section, _, rest = address.partition("/")
        row_code, _, column_code = rest.partition("/")
        for sheet in self.book.worksheets:
            columns = {}
            for row in sheet.iter_rows():
                mark = row[0].value or ""
                if mark == f"?{address}":
                    return row[4]
                if mark.startswith("#"):
                    columns = {str(cell.value): cell.column - 1 for cell in row[1:] if cell.value}
                if rest and mark == f"{section}/{row_code}":
                    return row[columns[column_code]]
        raise KeyError(address)

    def saved(self, name: str = "Бланк.xlsx") -> io.BytesIO:
        target = io.BytesIO()
        self.book.save(target)
        target.seek(0)
        target.name = name
        return target


@pytest.fixture
def clerk(ready, url, signed_in, responsible_a):
    """The workbook downloaded by the school."""
    return Clerk(signed_in(responsible_a).get(f"{url}template.xlsx").content)
