"""A submission as one of its further contrasts sees it, and what its contrasts and series name in vain."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from scvalid.contracts.claims import ClaimsFile
from scvalid.errors import nearest, sentence, shown
from scvalid.submission.claims.contrasts import with_compound
from scvalid.submission.config import Config
from scvalid.submission.model import Submission


def as_contrast(submission: Submission, name: str) -> Submission:
    """Return the submission as if one of its contrasts were all that is asked: its arms, its compound, its claims.

    What is worked out of a submission for its headline is so worked out for a contrast by the same code.
    """
    contrast = next(one for one in submission.config.design.contrasts if one.name == name)
    config = with_compound(submission.config, contrast)
    config = config.model_copy(update={"design": submission.config.design.of(contrast)})
    claims = ClaimsFile.model_construct(claims=submission.contrast_claims.get(name, ()))
    return replace(submission, config=config, claims=claims, contrast_claims={})


def faults_of_further_arms(submission: Submission, *, is_whole: bool) -> Iterator[str]:
    """Yield one sentence for each arm of a contrast or a series that the sheet lacks, and for contrasts that do not fit.

    Parameters
    ----------
    submission
        The submission.
    is_whole
        Whether the sample sheet could be read whole: else an arm may be missing from it for another fault.
    """
    arms = {sample.arm for sample in submission.samples}
    named = _named_arms(submission.config)
    unknown = {arm for _, arm in named if arm not in arms} if is_whole else set()
    for where, arm in named:
        if arm in unknown:
            yield sentence(f"{submission.name}, {where}", "be an arm of the sample sheet", shown(arm), nearest(arm, arms))
    yield from _faults_of_beyond(submission, unknown)


def _faults_of_beyond(submission: Submission, unknown: Collection[str]) -> Iterator[str]:
    """A claim holds beyond a comparison of the same treated arm; an arm that is misspelt is said to be, and no more."""
    contrasts = {contrast.name: contrast for contrast in submission.config.design.contrasts}
    for contrast in contrasts.values():
        for other in (contrasts[name] for name in contrast.beyond):
            if contrast.treated != other.treated and not {contrast.treated, other.treated} & set(unknown):
                where = f"{submission.name}, contrast {shown(contrast.name)}, key 'beyond',"
                got = f"{shown(other.name)}, whose treated arm is {shown(other.treated)}"
                must = f"name contrasts of the same treated arm, {shown(contrast.treated)}"
                yield sentence(where, must, got, "Name a contrast of that arm, or leave it out.")


def _named_arms(config: Config) -> list[tuple[str, str]]:
    return [*_arms_of_contrasts(config), *_arms_of_series(config)]


def _arms_of_contrasts(config: Config) -> Iterator[tuple[str, str]]:
    for contrast in config.design.contrasts:
        yield f"contrast {shown(contrast.name)}, key 'treated',", contrast.treated
        yield f"contrast {shown(contrast.name)}, key 'vehicle',", contrast.vehicle


def _arms_of_series(config: Config) -> Iterator[tuple[str, str]]:
    for series in config.design.series:
        for key, levels in (("arms", series.arms), ("vehicle", series.vehicle or {})):
            for arm in levels:
                yield f"series {shown(series.name)}, key '{key}',", arm
