"""The map of cell states as one picture: points are too many for vector marks."""

import base64
import io

from scvalid.reporting.compute.states import Map

PALETTE = ("#0072b2", "#d55e00", "#009e73", "#b565a7", "#a07400", "#3f8fc4", "#8a8a8a", "#8e5fd0", "#c0504d", "#4f8f3a")
"""Colours of the states: told apart with any colour vision for the first five, at least 3:1 on the light and on the dark page.
Each state also carries its number on the map, so nothing rests on colour alone."""

MAP_WIDTH, MAP_HEIGHT = 480, 400
"""Size of the drawing in its own units."""
_INCHES = 100
_DPI = 200
_FEW, _LARGEST, _SMALLEST = 2_000, 10.0, 1.5


def draw_map(points: Map) -> str:
    """Return the map as a PNG data URI without axes, text or date; the same points give the same bytes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(MAP_WIDTH / _INCHES, MAP_HEIGHT / _INCHES), dpi=_DPI)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    left, right, bottom, top = points.box
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    colours = [PALETTE[int(code) % len(PALETTE)] for code in points.code]
    size = max(_SMALLEST, min(_LARGEST, _LARGEST * _FEW / max(len(colours), 1)))
    axes.scatter(points.x, points.y, s=size, c=colours, linewidths=0, alpha=0.75)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", transparent=True, metadata={"Software": None}, pil_kwargs={"optimize": True})
    return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode("ascii")
