"""What a person typed, whatever the terminal."""


def in_unicode(typed: str) -> str:
    """Return typed text as Unicode: a terminal without a locale hands over the bytes of Chinese text one by one."""
    return typed.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
