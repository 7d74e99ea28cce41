"""Secrets that people type, kept out of what is printed and written down."""

from __future__ import annotations

import re

__all__ = ["hide_secrets"]

# Addresses with a user and a password before the host; one slash where a path has swallowed one.
_IN_ADDRESS = re.compile(r"(?P<head>[a-z][a-z0-9+.-]*:/{1,2}[^\s:/@]*:)[^\s@]+(?=@)", re.IGNORECASE)
_NAMED = re.compile(
    r"(?P<head>\b(?:password|passwd|pwd|token|tk|secret|api_?key|key|sig|signature|"
    r"access_token)\s*=\s*)(?:'[^']*'|\"[^\"]*\"|[^\s&;,'\"]+)",
    re.IGNORECASE,
)


def hide_secrets(text: str) -> str:
    """Return a text with passwords and keys in it as ***.

    Examples
    --------
    >>> hide_secrets("postgresql://planner:s3cret@db/x")
    'postgresql://planner:***@db/x'
    >>> hide_secrets("PG:host=db user=me password='a b' dbname=x")
    'PG:host=db user=me password=*** dbname=x'
    """
    return _NAMED.sub(r"\g<head>***", _IN_ADDRESS.sub(r"\g<head>***", text))
