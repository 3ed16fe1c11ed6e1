"""The section ``clustering`` of the config."""

from pydantic import Field

from scvalid.settings import Frozen


class ClusteringSettings(Frozen):
    """How cell states are found. Verdicts on all MSC never depend on this section."""

    resolution: float = Field(0.5, gt=0, le=10, description="Resolution of Leiden: higher gives more and smaller states.")
    n_neighbours: int = Field(
        15, ge=3, le=200, description="Nearest neighbours of each cell in the graph; fewer if cells are few."
    )
    n_markers: int = Field(20, ge=1, le=500, description="Markers listed for each state.")
