"""What a reader says of a file that it cannot take; only the caller knows how the sentence calls that file."""


class Refusal(ValueError):  # noqa: N818  what the file meets with, not what went wrong in the program
    """A file that must be otherwise.

    Parameters
    ----------
    must, got, fix
        Parts of the sentence about the file, see ``scvalid.errors.sentence``.
    """

    def __init__(self, *, must: str, got: str, fix: str) -> None:
        super().__init__(got)
        self.must, self.got, self.fix = must, got, fix
