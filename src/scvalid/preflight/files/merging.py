"""What is wrong or odd with several files or samples in the same way, said once with all that it is about."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scvalid.errors import Finding, sentence, shown
from scvalid.settings import Sample

SHOWN = 5
"""How many of the files or samples that share a finding are named."""
_NUMBERS = re.compile(r"(?<![\w'-])-?\d[\d.,]*(e[+-]?\d+)?")
"""Numbers that differ from file to file where the fault is the same; those in names stay."""

_Key = tuple[str, str, str]
_About = list[tuple[str, Sequence[Sample]]]


@dataclass
class Merged:
    """Faults and doubts as they come, by what they say.

    Attributes
    ----------
    of_files, of_samples
        What is wrong with files and with samples in them: what they must be, what was found and what to do, without the
        numbers -> what was found, and the samples that it is about.
    others
        Faults that are no ``Finding``.
    doubts
        What is odd -> what it is about.
    """

    of_files: dict[_Key, _About] = field(default_factory=lambda: defaultdict(list))
    of_samples: dict[_Key, _About] = field(default_factory=lambda: defaultdict(list))
    others: list[str] = field(default_factory=list)
    doubts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add_file(self, faults: Sequence[str], samples: Sequence[Sample]) -> None:
        """Add the faults of a file that holds some samples."""
        self._add(self.of_files, faults, samples)

    def add_sample(self, faults: Sequence[str], sample: Sample) -> None:
        """Add the faults of one sample."""
        self._add(self.of_samples, faults, [sample])

    def findings(self, sheet: str) -> Iterator[str]:
        """Yield the faults of files, then those of samples; ``sheet`` is how sentences call the sample sheet."""
        for kind in (self.of_files, self.of_samples):
            for key, about in kind.items():
                yield _said(key, about, sheet=sheet)
        yield from self.others

    def warnings(self) -> list[str]:
        """Return what is odd."""
        return [f"{counted(of)}{': each' if len(of) > 1 else ''} {doubt}" for doubt, of in self.doubts.items()]

    def _add(self, kind: Mapping[_Key, _About], faults: Sequence[str], samples: Sequence[Sample]) -> None:
        for fault in faults:
            if isinstance(fault, Finding):
                kind[fault.must, _NUMBERS.sub("", fault.got), fault.fix].append((fault.got, samples))
            else:
                self.others.append(fault)


def _said(key: _Key, about: _About, *, sheet: str) -> str:
    must, _, fix = key
    names = list(dict.fromkeys(shown(sample.sample_id) for _, samples in about for sample in samples))
    paths = list(dict.fromkeys(shown(samples[0].public_path) for _, samples in about))
    got, first = about[0][0], paths[0] if len(paths) > 1 else names[0]
    if len({got for got, _ in about}) > 1:
        got = f"{got}, in {first}"  # in the others the numbers differ
    return sentence(f"{sheet}, {named('sample', names)}, {named('file', paths)},", must, got, fix)


def named(word: str, names: Sequence[str]) -> str:
    """Return a word in singular or plural and the names of what it stands for."""
    return f"{word}{'s' if len(names) > 1 else ''} {counted(names)}"


def counted(texts: Sequence[str]) -> str:
    """Return up to ``SHOWN`` names, and how many others there are."""
    rest = f" and {len(texts) - SHOWN} more" if len(texts) > SHOWN else ""
    return ", ".join(texts[:SHOWN]) + rest if rest else " and ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))
