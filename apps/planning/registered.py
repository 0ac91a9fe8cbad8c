"""What planning gives to the portal."""


def register() -> None:
    """Nothing is shown before it works."""
