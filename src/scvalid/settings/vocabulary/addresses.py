"""Addresses of files on the web: which are taken, how they may be shown, and what their file is called here."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

HASH = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_HOST = re.compile(r"([^\s:@\\\[\]]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")
_ENDINGS = re.compile(r"\.(h5ad|h5|hdf5|loom|rds|mtx|csv|tsv|txt|tab)(\.(gz|bz2|xz|zst))?$", re.IGNORECASE)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 100


def is_address(path: str) -> bool:
    """Return whether a path of the sample sheet is an address on the web, of whatever kind."""
    return _SCHEME.match(path) is not None


def fault_of_address(address: str) -> str | None:
    """Return what an address must be, if it is none that a file may be taken from."""
    scheme, _, rest = address.partition("://")
    if scheme.lower() != "https":
        return "be an https:// address, if it is one"
    host, _, path = re.split(r"[?#]", rest, maxsplit=1)[0].partition("/")
    if "@" in host:
        return "be an address without a user name or password"
    try:
        is_sound = _HOST.fullmatch(host) is not None and (urlsplit(address).port or 1) > 0
    except ValueError:
        is_sound = False
    if not is_sound or any(c.isspace() or c == "\\" for c in address):
        return "be a whole address, as https://host/folder/file.h5ad"
    has_file = not path.endswith("/") and path != ""
    return None if has_file or "?" in rest else "be the address of one file; a folder cannot be retrieved"


def public_address(path: str) -> str:
    """Return an address as it may be printed: without user, query and fragment, which may hold a password or a token.

    What is no address is returned as it is.
    """
    if not is_address(path):
        return path
    scheme, _, rest = path.partition("://")
    host, slash, folders = re.split(r"[?#]", rest, maxsplit=1)[0].partition("/")
    # with a password that holds ?, # or /, what stands before them looks like a host
    is_host = _HOST.fullmatch(host) is not None and "@" not in folders
    return f"{scheme}://{host}{slash}{folders}" if is_host else f"{scheme}://..."


def file_name_of(address: str) -> str:
    """Return the name that the file of an address gets here: only safe letters, with its ending if one is known.

    The last step of the path, unless another step or a value of the query ends as a file of a known format does.
    """
    parts = urlsplit(address)
    steps = [unquote(step) for step in reversed(parts.path.split("/")) if step]
    values = [value for _, value in parse_qsl(parts.query)]
    named = next((name for name in [*steps, *values] if _ENDINGS.search(name)), None)
    name = _UNSAFE.sub("_", named or next(iter(steps), "")).strip("._-")
    return name[-_LONGEST_NAME:].lstrip("._-") or "file"
