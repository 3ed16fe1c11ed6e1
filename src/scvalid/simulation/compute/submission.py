"""The texts of a simulated submission: sample sheet and config."""

from string import Template

from scvalid.settings import Sample
from scvalid.simulation.compute.plan import plan_samples
from scvalid.simulation.settings import SimulationSettings

COLUMNS = tuple(name for name in Sample.model_fields if name not in {"cells", "sha256"})
"""Columns of the sample sheet; each file is one sample and lies here, so that ``cells`` and ``sha256`` are left out."""

_SECTION_HEAD = """\
# the simulated data of this example; real submissions have no such section
simulation:
"""


def render_sheet(settings: SimulationSettings, *, folder: str) -> str:
    """Return the tab-separated sample sheet; ``folder`` leads from the sheet to the sample files."""
    samples = [
        Sample(
            sample_id=planned.sample_id,
            path=f"{folder}/{planned.sample_id}.h5ad",
            donor_id=planned.donor_id,
            arm=planned.arm,
            batch_id=planned.batch_id,
        )
        for planned in plan_samples(settings.n_donors)
    ]
    rows = ["\t".join(getattr(sample, column) for column in COLUMNS) for sample in samples]
    return "\n".join(["\t".join(COLUMNS), *rows]) + "\n"


def render_config(template: str, settings: SimulationSettings, *, folder: str, is_embedded: bool) -> str:
    """Return the config.

    Parameters
    ----------
    template
        Text with ``$truth``, ``$seed`` and ``$simulation``.
    settings
        Their seed becomes the submission's seed.
    folder
        Leads from the config to the folder of the simulated files.
    is_embedded
        Whether the workflow itself is to make the files; then the config has the section ``simulation``.
    """
    section = _SECTION_HEAD + _keys(settings) + "\n" if is_embedded else ""
    return Template(template).substitute(truth=f"{folder}/truth.json", seed=settings.seed, simulation=section)


def _keys(settings: SimulationSettings) -> str:
    width = max(len(f"{name}: {value}") for name, value in settings)
    fields = type(settings).model_fields
    return "".join(f"  {f'{name}: {value}':<{width}}  # {fields[name].description}\n" for name, value in settings)
