"""Faults of a submitted file, found without reading all of it; the entry checks call this for every sample."""

from collections.abc import Mapping
from pathlib import Path

from scvalid.errors import SubmissionError, nearest, sentence, shown
from scvalid.intake.compute.genes import GeneTable, is_gene_expression, name_genes, telling_names, wanted_columns
from scvalid.intake.compute.judgement import judge_species
from scvalid.intake.compute.selection import faults_of_columns, faults_of_selection
from scvalid.intake.loading import choose_counts
from scvalid.intake.readers.opening import Reader, opened
from scvalid.intake.settings import IntakeSettings


def findings_of_source(
    source: Path, *, settings: IntakeSettings, species: str, selection: Mapping[str, str], where: str
) -> list[str]:
    """Return one sentence per fault of a submitted file; none if nothing speaks against it.

    Only slices of the matrix are read, and neither anndata nor scanpy is imported.

    Parameters
    ----------
    source
        The file or folder.
    settings
        Section ``intake`` of the config.
    species
        Species stated for the data.
    selection
        Column of obs -> value of the cells that are the sample.
    where
        How the sentences call this file, for example ``samples.tsv row 3 (sample 'x'), file 'y.h5ad'``.
    """
    try:
        with opened(source, where=where) as reader:
            name, faults = choose_counts(reader, layer=settings.counts_layer, where=where)
            if name is not None:
                faults += _faults_of_genes(reader, name, gene_column=settings.gene_column, species=species, where=where)
            return faults + _faults_of_cells(reader, selection, where=where)
    except SubmissionError as error:
        return list(error.findings)


def symbols_of_source(
    source: Path, *, settings: IntakeSettings, symbol_of_id: Mapping[str, str], aliases: Mapping[str, str]
) -> frozenset[str]:
    """Return the genes of a submitted file as the workflow will call them; none if the file cannot be read.

    Parameters
    ----------
    source
        The file or folder.
    settings
        Section ``intake`` of the config.
    symbol_of_id
        Ensembl id without version -> current symbol.
    aliases
        Outdated name -> current symbol.
    """
    try:
        with opened(source, where="") as reader:
            name, _ = choose_counts(reader, layer=settings.counts_layer, where="")
            if name is None:
                return frozenset()
            genes = reader.genes(name, wanted_columns(reader.gene_columns(name), settings.gene_column))
            named = name_genes(genes, symbol_of_id=symbol_of_id, aliases=aliases, gene_column=settings.gene_column)
            return frozenset(named.symbols) - {""}
    except SubmissionError:
        return frozenset()  # the file's own check says why


def _faults_of_genes(reader: Reader, name: str, *, gene_column: str | None, species: str, where: str) -> list[str]:
    known = reader.gene_columns(name)
    if gene_column is not None and gene_column not in known:
        must = f"have the var column {shown(gene_column)} that intake.gene_column names"
        advice = nearest(gene_column, known) if known else "Set intake.gene_column to null."
        return [sentence(where, must, "none of that name", advice)]
    genes = reader.genes(name, wanted_columns(known, gene_column))
    n_cells, n_genes, n_barcodes = *reader.shape(name), len(reader.barcodes())
    if (n_cells, n_genes) != (n_barcodes, len(genes.index)) or 0 in (n_cells, n_genes):
        got = f"a matrix of {n_cells} x {n_genes} for {n_barcodes} cells and {len(genes.index)} genes"
        return [sentence(where, "hold cells and genes, each with its name", got, "Export the file again.")]
    lists = telling_names(_only_genes(genes), gene_column=gene_column)
    found = next(filter(None, (judge_species(names, species=species) for names in lists)), None)
    fix = "Correct context.species in the config, or the file."
    return [sentence(where, f"hold genes of the stated species, {species}", found, fix)] if found else []


def _only_genes(genes: GeneTable) -> GeneTable:
    is_gene = is_gene_expression(genes)
    return GeneTable(genes.index[is_gene], {column: values[is_gene] for column, values in genes.columns.items()})


def _faults_of_cells(reader: Reader, selection: Mapping[str, str], *, where: str) -> list[str]:
    faults = faults_of_columns(reader.cell_columns(), selection, where=where)
    if faults:
        return faults
    return faults_of_selection({column: reader.cell_column(column) for column in selection}, selection, where=where)
