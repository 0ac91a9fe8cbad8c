"""XLSForm, the interchange standard of survey tools: in with every problem told, out with the misfits."""

from apps.monitoring.xlsform.reading import ReadForm, read_xlsform
from apps.monitoring.xlsform.writing import Misfit, write_xlsform

__all__ = ["Misfit", "ReadForm", "read_xlsform", "write_xlsform"]
