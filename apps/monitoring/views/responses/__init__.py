"""Pages of one response: filling in, checking, sending, reviewing."""
