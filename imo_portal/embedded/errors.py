"""The one error of the embedded server; its text is shown to the person who starts the portal."""


class EmbeddedServerError(RuntimeError):
    """The embedded PostgreSQL cannot run; the message says in Russian why and what to do."""
