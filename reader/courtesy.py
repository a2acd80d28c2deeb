"""Work that nobody waits for steps back where somebody waits: for a key, in the reading room."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

STEPS_BACK = 5
"""Niceness of work in the background: a third of the processor beside work that is not nice."""


def step_back(process_id: int) -> None:
    """Let a process just started, and what it will start, have less of a processor that others
    want. Where the system does not let us, it works as before."""
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process_id, STEPS_BACK)
            stay_back(process_id, STEPS_BACK)


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
