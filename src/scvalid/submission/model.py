"""The submission as the workflow sees it: validated, frozen, with every path resolved."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scvalid.contracts.claims import Claim, ClaimsFile
from scvalid.settings import Sample
from scvalid.settings.vocabulary.addresses import file_name_of
from scvalid.submission.config import Config
from scvalid.submission.samples.fields import Field


@dataclass(frozen=True)
class Submission:
    """One dataset and the claims to be tested on it.

    Attributes
    ----------
    config
        All settings.
    name
        Name of the config file, for sentences.
    folder
        Where the config file lies; its paths are relative to this folder.
    samples
        Rows of the sample sheet, in its order.
    claims
        The claims to be tested in the headline comparison: the lab's own, then the registered ones it named, each in its order.
    claims_files
        The files they stand in, seen from the working directory.
    records
        What is stated of each sample, in their order: column of the standard -> value, by its row or by the config.
    fields
        The standard.
    doubts
        Sentences on values that are not used, or that were taken as something else.
    refused
        Columns of which something was stated that a fault speaks against; only a submission that is not fit to run has any.
    contrast_claims
        Name of a further contrast -> the claims that are judged in it.
    """

    config: Config
    name: str
    folder: Path
    samples: tuple[Sample, ...]
    claims: ClaimsFile
    claims_files: tuple[Path, ...]
    records: tuple[Mapping[str, str], ...] = ()
    fields: tuple[Field, ...] = ()
    doubts: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()
    contrast_claims: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)

    def path(self, written: str) -> Path:
        """Return a path that the config file names, seen from the working directory."""
        return Path(os.path.normpath(self.folder / written))

    def source(self, sample: Sample) -> Path:
        """Return the file of a sample: the sheet's paths are relative to the sheet; of an address, where its file is put.

        Files of one checksum are one file, however many samples are in it.
        """
        if sample.is_remote:
            return Path("results", self.config.dataset, "retrieval", sample.sha256[:16], file_name_of(sample.path))
        return Path(os.path.normpath(self.path(self.config.samples).parent / sample.path))

    def is_awaited(self, sample: Sample) -> bool:
        """Whether the file of a sample is still to be retrieved, so that nothing can be said of it yet."""
        return sample.is_remote and not self.source(sample).exists()

    def state(self, sample: Sample) -> str:
        """Return a fingerprint of what is read in the folder of a sample, '' if it is a file, which has a date of its own."""
        from scvalid.intake.readers.files import state_of_folder  # opens files; most who load a submission do not

        return state_of_folder(self.source(sample))

    @property
    def own_gene_sets(self) -> tuple[Path, ...]:
        """Files of the lab's own sets."""
        return tuple(self.path(written) for written in self.config.gene_sets)

    @property
    def truth_path(self) -> Path | None:
        """Planted truth, if the data are simulated."""
        return None if self.config.truth is None else self.path(self.config.truth)

    @property
    def is_made_here(self) -> bool:
        """Whether the workflow simulates the samples itself, so that they need not exist before it runs."""
        return self.config.simulation is not None
