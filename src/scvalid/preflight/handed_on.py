"""What is known before any data are read and the verdicts must heed, as JSON for the command line of their rule."""

import json

from scvalid.preflight.design.arms import recorded_of
from scvalid.submission import Submission, caps_of_records


def caps_json(submission: Submission) -> str:
    """Return the reasons why no verdict may be decisive."""
    return json.dumps([cap.model_dump(mode="json") for cap in caps_of_records(submission)])


def recorded_json(submission: Submission) -> str:
    """Return what was recorded of each donor x arm and differs; it is held against the treatment where profiles are known."""
    return recorded_of(submission).differing().model_dump_json()
