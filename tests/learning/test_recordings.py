"""A recording begins at the minute that a lesson names, in each player's own way."""

import pytest

from academy.learning.recordings import at_minute


@pytest.mark.parametrize(
    ("address", "minute", "expected"),
    [
        ("https://www.youtube.com/watch?v=abc&t=5", 10, "https://www.youtube.com/watch?v=abc&t=600s"),
        ("https://youtu.be/abc", 10, "https://youtu.be/abc?t=600s"),
        ("https://bbb.example.org/playback/presentation/2.3/1f-2", 2,
         "https://bbb.example.org/playback/presentation/2.3/1f-2?t=120s"),
        ("https://vimeo.com/123", 1, "https://vimeo.com/123#t=60s"),
        ("https://files.example.org/one.mp4?key=1", 65,
         "https://files.example.org/one.mp4?key=1#t=3900"),
        ("https://youtu.be/abc", 0, "https://youtu.be/abc"),
        ("https://youtube.com.example.org/watch", 1, "https://youtube.com.example.org/watch#t=60"),
    ],
)  # fmt: skip
def test_a_recording_begins_at_the_minute(address: str, minute: int, expected: str) -> None:
    assert at_minute(address, minute) == expected
