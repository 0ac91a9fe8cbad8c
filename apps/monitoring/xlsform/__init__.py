"""XLSForm, the interchange standard of survey tools: in with every problem told, out with what did not fit."""

from apps.monitoring.xlsform.reading import ReadForm, read_xlsform

__all__ = ["ReadForm", "read_xlsform"]
