"""A file that is streamed, read to its end and closed."""

from typing import Any


def fetched(client: Any, url: str) -> tuple[Any, bytes]:
    """The answer and its content."""
    response = client.get(url)
    content = response.getvalue() if response.streaming else response.content
    for close in response._resource_closers:
        close()
    return response, content
