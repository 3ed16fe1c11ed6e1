"""Words for cells, media and challenges, and the ways in which people spell them: two spellings are not two contexts."""

from scvalid.settings.vocabulary.cells import MSC, CellType, cell_type_of, fault_of_stromal_term
from scvalid.settings.vocabulary.challenges import challenge_of, is_challenge
from scvalid.settings.vocabulary.media import MediumName, medium_of
from scvalid.settings.vocabulary.names import Name
from scvalid.settings.vocabulary.records import COLUMNS_IN_CHINESE, is_nobody, is_pool, is_unstated, meant_by

__all__ = [
    "COLUMNS_IN_CHINESE", "MSC", "CellType", "MediumName", "Name", "cell_type_of", "challenge_of", "fault_of_stromal_term",
    "is_challenge", "is_nobody", "is_pool", "is_unstated", "meant_by", "medium_of",
]  # fmt: skip
