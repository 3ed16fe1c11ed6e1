"""Quality control: the cells of one sample come in; the kept cells with their metrics, and a summary of why, go out."""
