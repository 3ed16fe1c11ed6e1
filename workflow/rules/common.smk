import json
import sys
from pathlib import Path

from scvalid import pipeline, preflight
from scvalid import submission as submissions
from scvalid.errors import SubmissionError
from scvalid.io.documents import read_yaml

CONFIG_FILE = Path((list(workflow.overwrite_configfiles) or ["config/config.yaml"])[-1])
RESOURCES = Path(str(workflow.current_basedir)).parents[1] / "resources"

try:
    if workflow.is_main_process:
        # what `scvalid check` says, for the config as snakemake has merged it; the file itself is read again because
        # snakemake's own reader lets a key twice and aliases through
        read_yaml(CONFIG_FILE)
        FOUND = preflight.examine(config, CONFIG_FILE, resources=RESOURCES)
        print("\n".join(preflight.lines_of(FOUND)), file=sys.stderr)
        if FOUND.status == "refused":
            sys.exit(1)
    SUBMISSION = submissions.load_submission(config, CONFIG_FILE, resources=RESOURCES)
except SubmissionError as error:
    # one sentence a fault and nothing else: a traceback through the workflow engine would bury it
    sys.exit(str(error))

DATASET = SUBMISSION.config.dataset
SAMPLES = {sample.slug: sample for sample in SUBMISSION.samples}


wildcard_constraints:
    dataset="[A-Za-z0-9._-]+",
    sample="[A-Za-z0-9._-]+",
    grouping="all_msc|by_state|contrast-[A-Za-z0-9._-]+",
    contrast="[A-Za-z0-9._-]+",


def settings_json(section):
    """Return a function giving one section of the config as JSON: a rule reruns when its own section changes.

    A function, because Snakemake would take braces in a plain string, which a lab may type, for wildcards.
    """
    return lambda wildcards: getattr(SUBMISSION.config, section).model_dump_json()


def code_fingerprint(stage):
    """Return the hash of all that a stage runs: a rule reruns when its code changes."""
    return pipeline.code_fingerprint(stage)


def description_json(wildcards):
    """Return the submission as the report is told it, with the code and the libraries that answer it."""
    described = submissions.describe(
        SUBMISSION, gene_sets=RESOURCES / "gene_sets", **pipeline.provenance()
    )
    return json.dumps(described, ensure_ascii=False, sort_keys=True)
