"""What the floors above may listen to."""

from django.dispatch import Signal

# Sent after commit when a subject's work is finished; arguments: subject, by, at, and the
# paper that was issued about it (None where there is none).
finished = Signal()
