"""What the app gives to the registries."""

from apps.analytics import indicators, known


def register() -> None:
    """Called when the app is ready."""
    indicators.register()
    known.register()
