"""The verb ``check``: every fault of a submission at once, and what its design and its claims can come to."""

import argparse
from pathlib import Path
from typing import TypeAlias

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_check(verbs: Parsers, *, resources: Path) -> None:
    """Add the verb with its options."""
    parser = verbs.add_parser("check", help="say everything that is wrong with a submission, run nothing")
    parser.add_argument("config", type=Path, help="config.yaml of the submission")
    parser.add_argument("--json", dest="as_json", action="store_true", help="print one JSON document (docs/check.schema.json)")
    parser.add_argument("--resources", type=Path, default=resources, help="folder of resources, default that of this checkout")


def check(config: Path, resources: Path, *, as_json: bool = False) -> int:
    """Check a submission and print what was found; return 1 if it is refused, else 0."""
    from scvalid.preflight.examine import examine_config

    found = examine_config(config, resources=resources)
    if as_json:
        print(found.model_dump_json(indent=1))
    else:
        from scvalid.cli.check_page import print_page

        print_page(found)
    return int(found.status == "refused")
