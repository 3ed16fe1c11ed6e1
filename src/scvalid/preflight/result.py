"""What a check says of a submission, in one document that programs can read."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from pydantic import Field

from scvalid.errors import Finding
from scvalid.preflight.design.audit import DesignAudit
from scvalid.preflight.design.further import ContrastAudit, SeriesAudit
from scvalid.preflight.design.outlook import Outlook
from scvalid.preflight.files.summary import FileSummary
from scvalid.settings import Frozen

Topic: TypeAlias = Literal["config", "samples", "claims", "gene_sets", "files", "design"]


class Fault(Frozen):
    """One thing that a submission is refused for."""

    topic: Topic = Field(description="Part of the submission that is at fault.")
    text: str = Field(description="The sentence for a person.")
    where: str | None = Field(None, description="What is at fault.")
    must: str | None = Field(None, description="What it must be or do.")
    got: str | None = Field(None, description="What was found.")
    fix: str | None = Field(None, description="What to do about it.")


class Remark(Frozen):
    """One thing that does not stop a submission, but should be known before it is run."""

    topic: Topic = Field(description="Part of the submission that it is about.")
    level: Literal["warning", "note"] = Field(description="A warning may change what the results mean; a note does not.")
    text: str = Field(description="The sentence for a person.")


class Preflight(Frozen):
    """Everything that is found out about a submission before a job starts."""

    schema_version: Literal["1"] = Field("1", description="Version of this document.")
    config: str = Field(description="Name of the config file.")
    status: Literal["passed", "refused"] = Field(description="refused if there is any fault; the workflow then starts nothing.")
    n_samples: int = Field(0, description="Rows of the sample sheet that can be read.")
    faults: tuple[Fault, ...] = Field((), description="What the submission is refused for, all at once.")
    remarks: tuple[Remark, ...] = Field((), description="Warnings, then notes.")
    files: tuple[FileSummary, ...] = Field((), description="What the file of each sample holds, in the order of the sheet.")
    design: DesignAudit | None = Field(None, description="What the design can show; null if it could not be read.")
    claims: tuple[Outlook, ...] = Field((), description="What each claim can come to on these data.")
    contrasts: tuple[ContrastAudit, ...] = Field((), description="What each further contrast can show.")
    series: tuple[SeriesAudit, ...] = Field((), description="What each series of doses or times can show.")


def faults_of(topic: Topic, findings: Iterable[str]) -> list[Fault]:
    """Return findings of one topic, with their parts where they have them."""
    parts = ("where", "must", "got", "fix")
    return [
        Fault(topic=topic, text=str(f), **({part: getattr(f, part) for part in parts} if isinstance(f, Finding) else {}))
        for f in findings
    ]


def remarks_of(topic: Topic, level: Literal["warning", "note"], texts: Iterable[str]) -> list[Remark]:
    """Return remarks of one topic and level."""
    return [Remark(topic=topic, level=level, text=str(text)) for text in texts]


def lines_of(found: Preflight) -> list[str]:
    """Return faults, or warnings if there are none, as lines without decoration: what a log should hold."""
    if found.faults:
        return [fault.text for fault in found.faults]
    return [f"warning: {remark.text}" for remark in found.remarks if remark.level == "warning"]
