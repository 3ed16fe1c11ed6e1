"""A submission in; its findings, what its files hold, what its design can show and the outlook of each claim, out."""

from scvalid.preflight.examine import examine, examine_config
from scvalid.preflight.handed_on import caps_json, recorded_json
from scvalid.preflight.result import Preflight, lines_of

__all__ = ["Preflight", "caps_json", "examine", "examine_config", "lines_of", "recorded_json"]
