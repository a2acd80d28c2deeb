"""What a child says is believed no further than it can hold."""

import textwrap

from reader import confined
from reader.model import Document


def test_a_child_that_announces_more_than_it_can_hold_costs_its_document_only(
    tmp_path, monkeypatch
):
    """Its reader must not make room for what may never come."""
    (tmp_path / "boaster.py").write_text(
        textwrap.dedent("""
            import sys, time
            sys.stdout.buffer.write(b"\\xff" * 8 + b"{}")
            sys.stdout.buffer.flush()
            time.sleep(20)
        """)
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    pool = confined.Pool("boaster")

    answer, cause = pool.ask(Document(b"x"), {}, 1.0)
    pool.close()

    assert answer is None
    assert cause is not None
