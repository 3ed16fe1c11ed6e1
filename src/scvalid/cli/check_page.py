"""What ``check`` found, as a page for a person: colours on a terminal, plain lines elsewhere."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scvalid.preflight.result import Fault, Preflight, Remark

PLAIN_WIDTH = 160
"""Characters in a line of a table where there is no terminal."""
_TOPICS = {
    "config": "Config", "samples": "Sample sheet", "claims": "Claims", "gene_sets": "Gene sets and read-outs",
    "files": "Data files", "design": "Design",
}  # fmt: skip
_STYLES = {"decidable": "green", "only descriptive": "yellow", "not testable": "red"}


def print_page(found: Preflight) -> None:
    """Print everything that a check found."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=PLAIN_WIDTH)
    # rich would end the program by itself if the reader of a pipe leaves
    with console.capture() as page:
        _fill(console, found)
    print(page.get(), end="")


def _fill(console: Console, found: Preflight) -> None:
    _say(console, _headline(found))
    _print_faults(console, found.faults)
    if found.files:
        _print(console, _table_of_files(found))
    if found.design is not None:
        _say(console, Text("\nDesign", style="bold"))
        for fact in (*found.design.facts, *_further_facts(found)):
            _say(console, fact)
    if found.claims:
        _print(console, _table_of_claims(found))
    _print_remarks(console, found.remarks)


def _further_facts(found: Preflight) -> Iterable[str]:
    return [*(fact for contrast in found.contrasts for fact in contrast.facts), *(series.text for series in found.series)]


def _say(console: Console, text: Text | str) -> None:
    """Print one line as it is: a sentence that is searched for must not be broken by the width of a terminal."""
    console.print(text, soft_wrap=True)


def _print(console: Console, table: Table) -> None:
    console.print()
    console.print(table)


def _headline(found: Preflight) -> Text:
    if found.status == "refused":
        return Text(f"{found.config}: refused for {_count(len(found.faults), 'fault')}.", style="bold red")
    counts = f"{_count(found.n_samples, 'sample')}, {_count(len(found.claims), 'claim')}"
    n = sum(remark.level == "warning" for remark in found.remarks)
    more = f" {_count(n, 'warning')}." if n else ""
    return Text(f"{found.config}: {counts}, nothing to object to.{more}", style="bold green")


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _print_faults(console: Console, faults: Iterable[Fault]) -> None:
    last = ""
    for fault in faults:
        if fault.topic != last:
            last = fault.topic
            _say(console, Text(f"\n{_TOPICS[fault.topic]}", style="bold"))
        _say(console, Text.assemble(("- ", "red"), fault.text))


def _print_remarks(console: Console, remarks: Iterable[Remark]) -> None:
    first = True
    for remark in remarks:
        if first:
            console.print()
            first = False
        style = "yellow" if remark.level == "warning" else "dim"
        _say(console, Text.assemble((f"{remark.level}: ", style), remark.text))


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", header_style="", show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _table_of_files(found: Preflight) -> Table:
    table = _table("Data files", "sample", "counts from", "cells", "genes", "a cell", "ids", "species", "kind", "sex")
    for file in found.files:
        median = "" if file.median_detected is None else f"{file.median_detected:,.0f}"
        words = (file.gene_ids, ", ".join(file.species), file.kind, file.sex_markers)
        source = Text(f"{file.format}, {file.counts_from}")
        table.add_row(Text(file.sample_id), source, f"{file.n_cells:,}", f"{file.n_genes:,}", median, *map(Text, words))
    return table


def _table_of_claims(found: Preflight) -> Table:
    table = _table("What each claim can come to", "claims", "outlook", "why", "what would repair it")
    alike: dict[tuple[str, str, str], list[str]] = {}
    for claim in found.claims:
        alike.setdefault((claim.outlook, " ".join(claim.reasons), " ".join(claim.repair)), []).append(claim.claim_id)
    for (outlook, why, repair), claims in alike.items():
        table.add_row(Text(", ".join(claims)), Text(outlook, style=_STYLES[outlook]), Text(why), Text(repair))
    return table
