"""The step of intake: read one sample, check it, write it."""

import json
from pathlib import Path

from scvalid.contracts.counts import check_cells
from scvalid.errors import SubmissionError, shown
from scvalid.intake.compute.acceptance import faults_of_sample, record_of
from scvalid.intake.compute.cells import build_cells
from scvalid.intake.compute.features import record_of_others
from scvalid.intake.compute.genes import merge_genes, name_genes
from scvalid.intake.compute.modalities import names_of
from scvalid.intake.loading import load_sample
from scvalid.intake.preflight import findings_of_source
from scvalid.intake.readers.files import files_of_source
from scvalid.intake.settings import IntakeSettings
from scvalid.io.documents import sha256_of
from scvalid.io.gene_names import read_aliases, read_symbols
from scvalid.io.matrices import write_adata
from scvalid.keys import Uns
from scvalid.settings import Sample


def run(
    *,
    settings: IntakeSettings,
    species: str,
    sample: Sample,
    source: Path,
    genes: Path,
    target: Path,
    aliases: Path | None = None,
) -> None:
    """Read one submitted sample and write it as checked AnnData.

    Parameters
    ----------
    settings
        Section ``intake`` of the config.
    species
        Species stated for the data.
    sample
        The row of the sample sheet.
    source
        The file or folder of that row.
    genes
        Table of Ensembl ids and symbols of the species.
    target
        h5ad file to write.
    aliases
        Table of outdated gene names of the species, if there is one.

    Raises
    ------
    SubmissionError
        If the file cannot be read, holds no raw counts, genes of another species, or no cells for the sample.
    """
    where = f"sample {shown(sample.sample_id)}, file {shown(source.name)}"
    _refuse(findings_of_source(source, settings=settings, species=species, selection=sample.selection, where=where))
    loaded = load_sample(source, settings=settings, species=species, selection=sample.selection, where=where)
    symbol_of_id = read_symbols(genes)
    old_names = {old: alias.symbol for old, alias in read_aliases(aliases).items()} if aliases else {}
    named = name_genes(loaded.genes, symbol_of_id=symbol_of_id, aliases=old_names, gene_column=settings.gene_column)
    faults = faults_of_sample(
        loaded.counts,
        named,
        barcodes=loaded.barcodes,
        known=frozenset(symbol_of_id.values()),
        max_unmapped_share=settings.max_unmapped_share,
        where=where,
    )
    _refuse(faults)
    counts, first = merge_genes(loaded.counts, list(named.symbols))
    kept = named.at(first)
    adata = build_cells(counts, kept, barcodes=loaded.barcodes, sample=sample, modalities=loaded.modalities)
    record = {"source_name": source.name, "source_sha256": sha256_of(source, files=files_of_source(source))}
    record |= record_of(named, n_genes=len(first), counts_from=loaded.counts_from) | record_of_others(
        loaded.modalities, loaded.left_out
    )
    adata.uns[Uns.INTAKE] = json.dumps(record, ensure_ascii=False)
    if loaded.modalities:
        adata.uns[Uns.MODALITIES] = json.dumps(names_of(loaded.modalities), ensure_ascii=False)
    write_adata(target, check_cells(adata))


def _refuse(faults: list[str]) -> None:
    if faults:
        raise SubmissionError(faults)
