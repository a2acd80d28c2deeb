"""Work that nobody waits for steps back where somebody waits: for a key, in the reading room."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

STEPS_BACK = 5
"""Niceness of work in the background: a third of the processor beside work that is not nice."""


def processors() -> list[int]:
    """The processors that this process may use, in order; empty where the system does not tell."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def step_back(process_id: int) -> None:
    """Let a process just started, and what it will start, have less of a processor that others
    want, and none of the first one, if there are several. Where the system does not let us, it
    works as before.

    Linux does not take a processor from nice work at once when a key comes, but after some
    milliseconds; an answer goes through three threads and the terminal, and waits before each.
    """
    for less in (_be_nice, _leave_one_processor):
        with contextlib.suppress(OSError):
            less(process_id)


def _be_nice(process_id: int) -> None:
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, process_id, STEPS_BACK)
        stay_back(process_id, STEPS_BACK)


def _leave_one_processor(process_id: int) -> None:
    if rest := processors()[1:]:
        os.sched_setaffinity(process_id, rest)


def stay_back(process_id: int, niceness: int | None = None) -> bool:
    """Tell the group in which Linux counts a process how nice that process is; is it told?

    Where processes are grouped by sessions (sched(7), autogroup), a nice process in a session of
    its own is as greedy as any: only the group is weighed. A system without such groups has nothing
    to be told; it may also want to be told again later (EAGAIN: once in a tenth of a second).
    """
    niceness = os.getpriority(os.PRIO_PROCESS, process_id) if niceness is None else niceness
    group = Path(f"/proc/{process_id}/autogroup")
    if niceness <= 0 or not group.exists():
        return True
    try:
        group.write_text(f"{niceness}\n", "ascii")
    except OSError:
        return False
    return True
