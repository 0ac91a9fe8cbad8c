"""The ministry's own workbook: cells of the form found in it, written into it, read from it."""
