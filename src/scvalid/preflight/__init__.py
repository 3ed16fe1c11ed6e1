"""A submission in; its findings, what its files hold, what its design can show and the outlook of each claim, out."""

from scvalid.preflight.design.audit import caps_of_design
from scvalid.preflight.examine import examine, examine_config
from scvalid.preflight.result import Preflight, lines_of

__all__ = ["Preflight", "caps_of_design", "examine", "examine_config", "lines_of"]
