"""The part of a file that is already here, and what its server said of the file when it began."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from scvalid.io.atomic import write_text


@dataclass(frozen=True)
class Partial:
    """A download that may have been cut, beside the file it is to become; hidden, so that nobody takes it for that file."""

    target: Path

    @property
    def path(self) -> Path:
        """The bytes that are here."""
        return self.target.with_name(f".{self.target.name}.part")

    @property
    def _note(self) -> Path:
        return self.target.with_name(f".{self.target.name}.part.json")

    def size(self) -> int:
        """Return the number of bytes that are here."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def validator(self, address: str) -> str:
        """Return what this address said of the file whose part is here; '' if it said nothing, or if it was another."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return str(note["validator"]) if note["address"] == _hashed(address) else ""
        except (OSError, ValueError, LookupError, TypeError):
            return ""

    def begin(self, address: str, validator: str) -> None:
        """Note what the server says of the file that now begins; the address as a hash, since it may hold a token."""
        self.forget()
        write_text(self._note, json.dumps({"address": _hashed(address), "validator": validator}))

    def forget(self) -> None:
        """Remove what is here."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def hand_over(self, target: Path) -> None:
        """Move the bytes to their place."""
        self.path.replace(target)
        self._note.unlink(missing_ok=True)


def _hashed(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
