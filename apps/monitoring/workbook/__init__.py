"""One organisation's response as an Excel workbook, out and back. Free of Django.

A hidden first column names every row, a hidden sheet the form, the round and the organisation: so a workbook
whose sheets were renamed and whose columns were moved is still read, and a foreign one is refused.
"""

from apps.monitoring.workbook.difference import Change, Difference, difference
from apps.monitoring.workbook.reading import ReadBook, WorkbookRefused, read_workbook
from apps.monitoring.workbook.writing import Heading, write_workbook

__all__ = [
    "Change",
    "Difference",
    "Heading",
    "ReadBook",
    "WorkbookRefused",
    "difference",
    "read_workbook",
    "write_workbook",
]
