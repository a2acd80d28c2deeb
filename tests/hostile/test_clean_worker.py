"""No document stops, stalls or swells the reader: budgets of the worker, in CPU and memory.

Each hostile document is cleaned in a process of its own, whose children's CPU time and peak memory
are then asked of the system: 5 s and 300 MB, starts included, however busy the machine is.
"""

import json
import os
import subprocess
import sys
import threading
import time

import pytest

from reader.clean.worker import Cleaner
from reader.model import Cleaned, Document

SENTENCE = "The words that matter are here, and there are some of them to be read by people. "
PARAGRAPH = f"<p>{SENTENCE * 2}</p>"
DOCUMENTS = {
    "100,000 nested divs": "'<div>' * 100_000 + P",
    "60,000 unclosed tags": "'<p>' + S + '<b>' * 60_000 + P",
    "60,000 unclosed links": "P + '<a href=x>' * 60_000 + S",
    "30,000 nested lists": "'<ul><li>word here ' * 30_000",
    "30,000 nested quotes": "'<blockquote>word here ' * 30_000",
    "10 MB of paragraphs": "P * 60_000",
    "10 MB in a line": "'<p>' + S * 120_000",
    "an entity bomb": "'<!DOCTYPE h [<!ENTITY a \"' + 'a' * 999 + '\"><!ENTITY b \"' + '&a;' * 999"
    " + '\">]><p>&b;&b; ' + S + '&amp;' * 400_000",
    "50,000 links": "'<ul>' + '<li><a href=x>a link here</a></li>' * 50_000 + '</ul>' + P * 20",
    "a table of 60,000 rows": "'<table>' + '<tr><td>a b</td><td>c | d</td></tr>' * 60_000",
    "120,000 inline elements": "'<p>' + '<span>word </span><b> bold </b><i>it</i>' * 40_000",
    "200,000 brackets": "'<p>' + '[' * 200_000",
    "200,000 stars": "'<p>' + '*a ' * 200_000",
    "a megabyte of attributes": "'<div ' + 'a=b ' * 250_000 + '>' + P",
    "unclosed quotes": "'<a href=\"' * 100_000 + P",
    "10 MB of text lines": "'\\n'.join([S] * 120_000)",
    "lone surrogates and NUL": "P + '\\ud800\\udfff\\x00' * 50_000",
}
PROGRAM = """
import json, resource, sys
from reader.clean.worker import Cleaner
from reader.model import Document
S, P = json.loads(sys.argv[2])
body = eval(sys.argv[1]).encode("utf-8", "surrogatepass")
with Cleaner() as cleaner:
    cleaned = cleaner.clean(Document(body, url="https://x.example/a", name=sys.argv[3]))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"text": len(cleaned.text), "warnings": cleaned.warnings, "kind": cleaned.kind,
                  "cpu_seconds": used.ru_utime + used.ru_stime, "kilobytes": used.ru_maxrss}))
"""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hostile_document_gives_text_or_a_reason_within_budget(name: str) -> None:
    file_name = "x.txt" if "text lines" in name else "x.html"
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            PROGRAM,
            DOCUMENTS[name],
            json.dumps([SENTENCE, PARAGRAPH]),
            file_name,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = json.loads(run.stdout)
    assert found["text"] or found["warnings"]
    assert found["cpu_seconds"] <= 5
    assert found["kilobytes"] <= 300_000


def page(title: str = "A page") -> Document:
    body = f"<html><head><title>{title}</title></head><body>{PARAGRAPH * 3}</body></html>"
    return Document(body.encode(), url="https://x.example/a")


def test_one_child_serves_many_documents() -> None:
    with Cleaner() as cleaner:
        first = cleaner.clean(page("One"))
        child = cleaner._children[0]._process
        second = cleaner.clean(page("Two"))
        assert cleaner._children[0]._process is child
    assert (first.title, second.title) == ("One", "Two")
    assert SENTENCE.strip() in first.text


def test_a_child_that_dies_is_replaced() -> None:
    with Cleaner() as cleaner:
        cleaner.clean(page())
        process = cleaner._children[0]._process
        assert process is not None
        process.kill()
        process.wait()
        assert cleaner.clean(page("Again")).title == "Again"


def test_many_documents_come_back_in_order() -> None:
    titles = [f"Title {number}" for number in range(12)]
    with Cleaner(processes=2) as cleaner:
        found = list(cleaner.clean_many((page(title), None) for title in titles))
    assert [cleaned.title for cleaned in found] == titles


def test_threads_share_a_cleaner() -> None:
    found: list[Cleaned] = []
    with Cleaner() as cleaner:
        threads = [
            threading.Thread(target=lambda n=n: found.append(cleaner.clean(page(f"T{n}"))))
            for n in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert {cleaned.title for cleaned in found} == {"T0", "T1", "T2", "T3"}


def test_a_text_does_not_pay_for_pages() -> None:
    with Cleaner() as cleaner:
        cleaner.clean(Document(SENTENCE.encode() * 5, name="a.txt"))
        process = cleaner._children[0]._process
        assert process is not None
        maps = f"/proc/{process.pid}/maps"
        if not os.path.exists(maps):
            pytest.skip("needs /proc")
        with open(maps) as file:
            assert "lxml" not in file.read()


def test_prints_of_a_dump_and_of_a_page() -> None:
    lines = "\n".join(f"{SENTENCE} number {n}" for n in range(20))
    with Cleaner() as cleaner:
        assert cleaner.prints(Document(lines.encode(), name="a.txt"))
        assert cleaner.prints(page()) == frozenset()


def test_closing_leaves_no_process_behind() -> None:
    cleaner = Cleaner()
    cleaner.clean(page())
    process = cleaner._children[0]._process
    assert process is not None
    begun = time.monotonic()
    cleaner.close()
    assert process.poll() is not None
    assert time.monotonic() - begun < 5
