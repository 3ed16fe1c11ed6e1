"""The section ``retrieval`` of the config."""

from pydantic import Field

from scvalid.settings import Frozen


class RetrievalSettings(Frozen):
    """How files that the sample sheet names by an https address are brought here."""

    max_gb: float = Field(20.0, gt=0, le=2000, description="Largest file that is retrieved, 10^9 bytes.")
    timeout_s: float = Field(60.0, gt=0, le=3600, description="Longest silence of a server, seconds.")
    min_kb_s: float = Field(
        1.0, ge=0, le=10**6, description="Least rate of a server over any timeout_s, 1,000 bytes a second; 0 for none."
    )
    attempts: int = Field(5, ge=1, le=100, description="How often a connection that drops is made; each goes on where it can.")
    wait_s: float = Field(2.0, ge=0, le=600, description="Pause before the second attempt, seconds; it doubles each time.")
