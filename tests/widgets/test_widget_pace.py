from __future__ import annotations

import pytest
from cellboard.widgets.pace import FRESH, MAX_RATE, SHARE_BUSY, Pace


def rounds(pace: Pace, *costs: float, busy: bool = True) -> list[float]:
    return [pace.after(spent=cost, cost=cost, changed=True, busy=busy) for cost in costs]


def test_training_keeps_its_time_however_costly_a_board_is() -> None:
    for cost in (1e-4, 0.004, 0.02, 0.15):
        pauses = rounds(Pace(), *[cost] * 20)
        assert all(cost <= SHARE_BUSY * pause * 1.001 for pause in pauses[2:])


def test_a_board_of_few_charts_is_less_than_a_second_behind() -> None:
    assert rounds(Pace(), *[0.002] * 10) == [1 / MAX_RATE] * 10
    assert max(rounds(Pace(), *[0.008] * 10)) < 1


def test_laying_out_a_new_chart_does_not_hold_up_the_next_points() -> None:
    assert rounds(Pace(), 0.3)[0] == FRESH
    assert rounds(Pace(), 0.002, 0.002, 0.002, 0.3)[-1] == 0.6  # twice what it took, as for a slow disk


def test_without_a_running_cell_a_costly_board_is_quicker() -> None:
    assert rounds(Pace(), *[0.05] * 5, busy=False)[-1] == 1 / MAX_RATE
    assert rounds(Pace(), *[0.05] * 5)[-1] == pytest.approx(5)


def test_a_quiet_log_is_looked_at_less_often_and_a_slow_one_too() -> None:
    pace = Pace()
    pauses = [pace.after(spent=0.001, cost=0.001, changed=False, busy=True) for _ in range(10)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 0.75
    assert pace.after(spent=0.001, cost=0.001, changed=True, busy=True) == 1 / MAX_RATE
    assert [Pace().after(spent=0.3, cost=0.001, changed=changed, busy=True) for changed in (True, False)] == [0.6, 0.6]
