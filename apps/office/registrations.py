def register() -> None:
    """What the app gives to the registries."""
