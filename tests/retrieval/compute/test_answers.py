"""What a server's answer means."""

import pytest

from scvalid.retrieval.compute.answers import judge_answer, validator_of


@pytest.mark.parametrize(
    ("status", "headers", "have", "expected"),
    [
        (200, {"Content-Length": "10"}, 0, ("take", 0, 10)),
        (200, {"content-length": "-1"}, 0, ("take", 0, None)),
        (200, {}, 5, ("take", 0, None)),
        (206, {"Content-Range": "bytes 5-9/10"}, 5, ("take", 5, 10)),
        (206, {"Content-Range": "bytes 5-9/*"}, 5, ("take", 5, None)),
        (206, {"Content-Range": "bytes 4-9/10"}, 5, ("restart", 0, None)),
        (206, {}, 5, ("restart", 0, None)),
        (206, {"Content-Range": "bytes 0-9/10"}, 0, ("refuse", 0, None)),
        (416, {}, 5, ("restart", 0, None)),
        (416, {}, 0, ("refuse", 0, None)),
        (302, {"Location": "/b"}, 0, ("follow", 0, None)),
        (302, {}, 0, ("refuse", 0, None)),
        (304, {}, 0, ("refuse", 0, None)),
        (204, {}, 0, ("refuse", 0, None)),
        (429, {}, 0, ("again", 0, None)),
        (504, {}, 9, ("again", 0, None)),
        (401, {}, 0, ("refuse", 0, None)),
        (500, {}, 0, ("again", 0, None)),
    ],
)
def test_an_answer_is_judged(status, headers, have, expected):
    verdict = judge_answer(status, headers, have=have)
    assert (verdict.act, verdict.start, verdict.size) == expected


@pytest.mark.parametrize(
    ("headers", "validator"),
    [
        ({"ETag": '"a"', "Last-Modified": "x"}, '"a"'),
        ({"etag": 'W/"a"', "last-modified": "x"}, "x"),
        ({"ETag": 'W/"a"'}, ""),
        ({}, ""),
    ],
)
def test_only_what_vouches_for_bytes_is_a_validator(headers, validator):
    assert validator_of(headers) == validator
