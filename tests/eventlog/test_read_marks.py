"""Where logging began anew: which points of a file come before which marks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from cellboard.eventlog.file_content import SCALARS, FileContent
from cellboard.eventlog.marks import Mark, extended, lowest_steps, void_from
from cellboard.eventlog.scan import scan
from cellboard.eventlog.segments import Segment
from hypothesis import given, settings
from hypothesis import strategies as st

logged = st.lists(st.tuples(st.sampled_from(["a", "b", "t", "mark", "mark"]), st.integers(-3, 12)), max_size=40)


def plain(log, name):
    """Steps of a series that no later mark is at or below."""
    marks = [(at, step) for at, (kind, step) in enumerate(log) if kind == "mark"]
    points = [(at, step) for at, (kind, step) in enumerate(log) if kind == name]
    return [step for at, step in points if not any(later > at and mark <= step for later, mark in marks)]


def test_what_a_mark_makes_void(events):
    text = events.tensor_value("t", [b"hi"], "text")

    def written(kind, step):
        if kind == "mark":
            return events.start(step)
        return events.of_value(text, step) if kind == "t" else events.scalar(kind, 1.0, step)

    @settings(max_examples=200, deadline=None)
    @given(logged, st.lists(st.integers(0, 40), max_size=4))
    def check(log, cuts):
        content = FileContent()
        places = [0, *sorted(min(cut, len(log)) for cut in cuts), len(log)]
        for begin, end in pairwise(places):
            content.take(scan(events.log(*[written(*one) for one in log[begin:end]]), content.offset))
        for key, name in (((SCALARS, "a"), "a"), ((SCALARS, "b"), "b"), (("text", "t"), "t")):
            if key not in content.series:
                assert name not in [kind for kind, _ in log]
                continue
            columns = content.series[key].view()
            void = void_from(content.turns.get(key, [(0, len(columns["step"]))]), lowest_steps(content.marks))
            segment = Segment("", columns, tuple(void))
            assert segment.valid()["step"].tolist() == plain(log, name)

    check()


def test_turns_grow_with_the_points_and_not_with_the_marks():
    turns = extended(None, 5, np.array([3, 3, 7]))
    assert turns == [(0, 5), (3, 7), (7, 8)]
    assert extended(turns, 8, np.array([7, 1_000_000])) == [(0, 5), (3, 7), (7, 9), (1_000_000, 10)]


def test_marks_and_series_by_the_thousand(tmp_path, events):
    """With what each of 20,000 marks says of each of 20,000 series, this would take all memory there is."""
    count = 20_000
    content = FileContent()
    payloads = [one for at in range(count) for one in (events.start(at), events.scalar(f"t{at}", 1.0, at))]
    content.take(scan(events.log(*payloads)))
    assert len(content.marks) == len(content.series) == count
    assert sum(map(len, content.turns.values())) == count
    assert lowest_steps([Mark(5, 0.0), Mark(2, 0.0), Mark(9, 0.0)]) == [2, 2, 9]
