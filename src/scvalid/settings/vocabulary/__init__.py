"""Words for cells, media and challenges, and the ways in which people spell them: two spellings are not two contexts."""

from scvalid.settings.vocabulary.cells import MSC, CellType, cell_type_of
from scvalid.settings.vocabulary.challenges import challenge_of, is_challenge
from scvalid.settings.vocabulary.media import MediumName, medium_of
from scvalid.settings.vocabulary.names import Name

__all__ = ["MSC", "CellType", "MediumName", "Name", "cell_type_of", "challenge_of", "is_challenge", "medium_of"]
