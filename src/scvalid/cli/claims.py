"""The verb ``claims``: list, filter and show the registered claims."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TypeAlias

from scvalid.cli.typed import in_unicode
from scvalid.errors import SubmissionError

if TYPE_CHECKING:
    from scvalid.registry.claims.reading import RegisteredClaims

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
WIDEST = 120


def add_claims(verbs: Parsers, *, resources: Path) -> None:
    """Add the verb with its options."""
    parser = verbs.add_parser("claims", help="list, filter and show the registered claims")
    parser.add_argument("ids", nargs="*", metavar="ID", help="ids of claims to show in full; without one, a list")
    parser.add_argument("--origin", help="seed (the review behind the project), extension, counter, control or lab")
    parser.add_argument("--tier", help="primary, secondary, specificity, competing, counter or context")
    parser.add_argument("--compound", help="id, name in English, Chinese or pinyin, or herb")
    parser.add_argument("--axis", help="mechanism, for example Wnt")
    parser.add_argument("--species", help="human, mouse, rat or dog; claims that name none fit each")
    parser.add_argument("--testability", help="direct, footprint, proxy or 'not testable'")
    parser.add_argument("--text", help="part of an id, a statement or a read-out")
    parser.add_argument("--retracted", dest="is_retracted", action="store_true", help="only claims whose source was retracted")
    parser.add_argument("--json", dest="is_json", action="store_true", help="print JSON")
    parser.add_argument("--lang", dest="language", choices=("en", "zh"), default="en", help="language of labels and statements")
    parser.add_argument("--resources", type=Path, default=resources, help="folder of resources, default that of this checkout")


def show_claims(*, ids: Sequence[str], is_json: bool, language: str, resources: Path, **asked: object) -> None:
    """Print the claims that fit: those of given ids in full, others as a list."""
    from scvalid.registry.claims.reading import read_claims
    from scvalid.registry.claims.search import ClaimFilter, choose_claims, filter_claims, opponents_of, sentence_of_no_claim
    from scvalid.registry.compounds.reading import IN_RESOURCES, read_compounds

    library = read_compounds(resources / IN_RESOURCES)
    rows = read_claims(resources / "claims", compounds={compound.compound_id for compound in library})
    wanted = ClaimFilter(**{name: in_unicode(v) if isinstance(v, str) else v for name, v in asked.items()})  # type: ignore[arg-type]
    chosen = choose_claims(rows, ids) if ids else rows
    found = filter_claims(chosen, wanted, library=library)
    if not found:
        raise SubmissionError([sentence_of_no_claim(chosen, wanted, library=library)])
    if is_json:
        print(_json(found))
        return
    from scvalid.registry.claims.sheet import ClaimWriter
    from scvalid.registry.rivals.registered import registered_rivals

    writer = ClaimWriter(library, width=_columns(), language="zh" if language == "zh" else "en")
    if ids:
        rivals = registered_rivals(resources / "gene_sets")
        texts = [writer.sheet(row, opponents=opponents_of(row, rows), rivals=rivals(row.claim)) for row in found]
    else:
        texts = [*map(writer.block, found), f"{len(found)} of {len(rows)} claims; 'scvalid claims ID' shows one in full."]
    print("\n\n".join(texts))


def _columns() -> int:
    return min(get_terminal_size((100, 24)).columns, WIDEST)


def _json(rows: "RegisteredClaims") -> str:
    documents = [{**row.claim.model_dump(mode="json"), "file": row.path.name, "registration": row.registration} for row in rows]
    return json.dumps(documents, indent=1, ensure_ascii=False)
