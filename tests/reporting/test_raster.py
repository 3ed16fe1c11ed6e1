"""The map of cell states as a picture."""

import base64
import dataclasses
import io

import numpy as np
from PIL import Image

from scvalid.reporting.compute.inputs import Inputs
from scvalid.reporting.compute.states import Map, draw_order, state_rows
from scvalid.reporting.raster import MAP_HEIGHT, MAP_WIDTH, PALETTE, draw_map


def points(inputs: Inputs) -> Map:
    return draw_order(inputs, state_rows(inputs, markers_per_state=3), max_points=1000)


def picture(uri: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(uri.removeprefix("data:image/png;base64,"))))


def test_same_points_give_the_same_bytes(inputs: Inputs) -> None:
    assert draw_map(points(inputs)) == draw_map(points(inputs))


def test_a_state_is_drawn_in_its_colour_where_its_label_will_stand(inputs: Inputs) -> None:
    rows = state_rows(inputs, markers_per_state=3)
    shown = points(inputs)
    pixels = np.asarray(picture(draw_map(shown)).convert("RGBA")).astype(int)
    for i, row in enumerate(rows):
        x, y = shown.place(row, width=pixels.shape[1], height=pixels.shape[0])
        near = pixels[int(y) - 60 : int(y) + 60, int(x) - 60 : int(x) + 60].reshape(-1, 4)
        wanted = [int(PALETTE[i][j : j + 2], 16) for j in (1, 3, 5)]
        solid = near[near[:, 3] > 180]
        assert len(solid)
        assert np.median(np.abs(solid[:, :3] - wanted)) <= 6


def test_the_picture_has_the_shape_of_its_drawing_and_no_text_chunks(inputs: Inputs) -> None:
    image = picture(draw_map(points(inputs)))
    assert image.width * MAP_HEIGHT == image.height * MAP_WIDTH
    assert not image.text


def test_a_state_of_one_place_is_drawn(inputs: Inputs) -> None:
    flat = inputs.states.assign(x=1.0, y=2.0)
    assert draw_map(points(dataclasses.replace(inputs, states=flat))).startswith("data:image/png")
