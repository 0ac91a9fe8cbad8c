"""Pieces of WordprocessingML that python-docx has no words for. Text goes into `w:t` and nowhere else."""

from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from apps.papers.reports.blocks import Note, Strong, Text
from apps.papers.reports.placing import NumberedNote
from apps.papers.reports.text import runs


def element(tag: str, **attributes: object) -> Any:
    """`element("w:gridSpan", val=2)`."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def add_text(paragraph: DocxParagraph, text: Text, notes: Iterator[NumberedNote], bold: bool = False) -> None:
    """Adds the runs of a text; a footnote becomes its number, raised."""
    for run in runs(text):
        if isinstance(run, Note):
            paragraph.add_run(str(next(notes).number)).font.superscript = True
        else:
            words = run.text if isinstance(run, Strong) else run
            added = paragraph.add_run(words)
            added.bold = True if bold or isinstance(run, Strong) else None


def add_field(paragraph: DocxParagraph, instruction: str, shown: str, dirty: bool = False) -> None:
    """A field of ours (page number, contents); `instruction` is never anybody's text."""
    begin_field(paragraph, instruction, dirty)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: DocxParagraph, instruction: str, dirty: bool = False) -> None:
    begin = element("w:fldChar", fldCharType="begin")
    if dirty:
        begin.set(qn("w:dirty"), "true")
    code = element("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    for one in (begin, code, element("w:fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(one)


def end_field(paragraph: DocxParagraph) -> None:
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))
