"""Each table's contract refuses each fault it promises to refuse, and names the column."""

import numpy as np
import pandas as pd
import pytest

from scvalid.contracts import tables
from scvalid.contracts.tables import EMBEDDING, TableContract
from scvalid.errors import ContractError

CONTRACTS = [value for value in vars(tables).values() if isinstance(value, TableContract)]
VALUES = {"text": ["a", "b", "c"], "number": [0.5, 1.5, 2.5], "flag": [True, False, True]}
WRONG = {"text": [1, 2, 3], "number": ["a", "b", "c"], "flag": [0, 1, 0]}

each_contract = pytest.mark.parametrize("contract", CONTRACTS, ids=lambda c: c.name)


def table_of(contract) -> pd.DataFrame:
    table = pd.DataFrame({column: VALUES[kind] for column, kind in contract.columns.items()})
    return table.assign(dim_0=[0.1, 0.2, 0.3]) if contract.prefix else table


def test_all_tables_between_stages_have_a_contract():
    assert len(CONTRACTS) == 14


@each_contract
def test_what_is_right_is_returned_unchanged(contract):
    table = table_of(contract)
    assert contract.check(table) is table
    assert contract.check(table.iloc[:0]).empty


@each_contract
@pytest.mark.parametrize("kind", ["string", "category"])
def test_text_of_any_pandas_is_text(contract, kind):
    text = [column for column, of in contract.columns.items() if of == "text"]
    table = table_of(contract).astype(dict.fromkeys(text, kind))
    assert contract.check(table) is table


@each_contract
def test_each_missing_column_is_named(contract):
    for column in contract.columns:
        with pytest.raises(ContractError, match=f"{contract.name}: .*'{column}' is missing"):
            contract.check(table_of(contract).drop(columns=column))


@each_contract
def test_each_column_of_another_kind_is_named(contract):
    for column, kind in contract.columns.items():
        with pytest.raises(ContractError, match=f"'{column}' must hold {kind}"):
            contract.check(table_of(contract).assign(**{column: WRONG[kind]}))


@each_contract
def test_each_gap_is_named(contract):
    for column in contract.filled:
        table = table_of(contract)
        table[column] = table[column].where(table.index > 0, None if contract.columns[column] == "text" else np.nan)
        with pytest.raises(ContractError, match=f"'{column}' has missing values"):
            contract.check(table)


@each_contract
def test_rows_that_repeat_and_columns_too_many_are_refused(contract):
    table = table_of(contract)
    with pytest.raises(ContractError, match=f"rows repeat in {', '.join(contract.unique)}"):
        contract.check(pd.concat([table, table.iloc[:1]], ignore_index=True))
    with pytest.raises(ContractError, match="'surprise' is not part of it"):
        contract.check(table.assign(surprise=1))


def test_all_faults_are_said_at_once():
    table = table_of(EMBEDDING).drop(columns="cell_id").assign(surprise=1)
    with pytest.raises(ContractError, match=r"'cell_id' is missing; .*'surprise'"):
        EMBEDDING.check(table)


def test_an_embedding_without_dimensions_is_refused():
    with pytest.raises(ContractError, match="'dim_0' is missing"):
        EMBEDDING.check(table_of(EMBEDDING).drop(columns="dim_0"))


@pytest.mark.parametrize("values", [["a", "b", "c"], [0.1, np.nan, 0.3], [0.1, np.inf, 0.3]], ids=["text", "gap", "infinite"])
def test_an_embedding_of_anything_but_numbers_is_refused(values):
    with pytest.raises(ContractError, match="'dim_0'"):
        EMBEDDING.check(table_of(EMBEDDING).assign(dim_0=values))
