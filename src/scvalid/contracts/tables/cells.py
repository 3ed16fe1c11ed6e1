"""Tables of one row a cell, or a state: embedding, states, markers."""

from scvalid.contracts.tables.base import TableContract
from scvalid.keys import EMBEDDING_PREFIX, Obs, State

EMBEDDING = TableContract("embedding", {Obs.CELL: "text"}, (Obs.CELL,), (Obs.CELL,), EMBEDDING_PREFIX)

STATES = TableContract(
    "cell states",
    {
        State.CELL: "text",
        Obs.SAMPLE: "text",
        Obs.DONOR: "text",
        Obs.ARM: "text",
        State.STATE: "text",
        State.X: "number",
        State.Y: "number",
    },
    (State.CELL,),
    (State.CELL, State.STATE, State.X, State.Y),
)

MARKERS = TableContract(
    "state markers",
    {
        State.STATE: "text",
        State.RANK: "number",
        State.GENE: "text",
        State.LOG2_FOLD: "number",
        State.SHARE_IN: "number",
        State.SHARE_OUT: "number",
    },
    (State.STATE, State.RANK),
    (State.STATE, State.GENE),
)
