"""Which batches vehicle samples should have been run in, tried out on the design before it is said."""

from collections.abc import Mapping
from dataclasses import replace

from scvalid.contracts.verdicts import MAX_VIF, Code
from scvalid.errors import shown
from scvalid.preflight.design.arms import lay_out
from scvalid.settings import Sample
from scvalid.stats.design import joined_level
from scvalid.submission import Submission

_OF_BATCHES = (Code.TREATMENT_CONFOUNDED, Code.NO_RESIDUAL_DF)


def one_batch(submission: Submission) -> str:
    """Return how vehicle and treated samples could share batches; an example is named only if the design then works."""
    is_paired = lay_out(submission).comparison.is_paired
    batches = _wanted(submission, is_paired=is_paired)
    changed = [sample for sample in submission.samples if batches.get(sample.sample_id, sample.batch_id) != sample.batch_id]
    if not changed or not _works(submission, batches):
        return "Run vehicle and treated samples in the same batches."
    both = "vehicle and treated of each donor" if is_paired else "vehicle and treated samples"
    names = batches[changed[0].sample_id].split("+")
    of = "vehicle" if changed[0].arm == submission.config.design.vehicle else "treated"
    if len(names) == 1:
        return f"Run {both} in the same batch, e.g. {of} sample {shown(changed[0].sample_id)} in {shown(names[0])}."
    each = " and ".join(map(shown, names))
    return f"Run {both} in the same batches, e.g. {of} cells of {shown(changed[0].donor_id)} in each of {each}."


def _wanted(submission: Submission, *, is_paired: bool) -> Mapping[str, str]:
    """Return sample of the vehicle arm -> the batches of its donor's treated samples, or of the treated sample in its place."""
    design, wanted = submission.config.design, {}
    treated = [sample for sample in submission.samples if sample.arm == design.treated]
    if not treated:
        return {}
    for i, sample in enumerate(sample for sample in submission.samples if sample.arm == design.vehicle):
        partners = [s for s in treated if s.donor_id == sample.donor_id] if is_paired else [treated[i % len(treated)]]
        if partners:
            wanted[sample.sample_id] = joined_level(partner.batch_id for partner in partners)
    return wanted


def _works(submission: Submission, batches: Mapping[str, str]) -> bool:
    """Return whether no batch stands in the way any more: all donors count, and the treatment can be told apart."""

    def moved(sample: Sample) -> Sample:
        return sample.model_copy(update={"batch_id": batches.get(sample.sample_id, sample.batch_id)})

    design = submission.config.design
    comparison = lay_out(replace(submission, samples=tuple(map(moved, submission.samples)))).comparison
    if comparison.gate is not None and comparison.gate.code in _OF_BATCHES:
        return False
    is_heard = not comparison.silent(design.treated) and not comparison.silent(design.vehicle)
    return is_heard and (comparison.design is None or comparison.design.vif <= MAX_VIF)
