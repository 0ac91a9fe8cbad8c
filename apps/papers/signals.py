"""What the floors above may listen to."""

from django.dispatch import Signal

# Sent inside the transaction of the revocation, so that the paper's subject changes with it or not at all;
# arguments: paper, reason, by.
paper_revoked = Signal()
