"""No feed stops, stalls or swells the reader: 5 s of CPU and 300 MB, starts of children included.

Each is read in a process of its own, whose children's CPU time and peak memory are then asked of
the system, however busy the machine is.
"""

import json
import subprocess
import sys

import pytest

FEEDS = {
    # what it is: (expression of its bytes, words of the refusal or None if it is read)
    "a billion laughs": (
        "'<!DOCTYPE rss [<!ENTITY a0 \"ha\">' + ''.join(f'<!ENTITY a{n} \"' + f'&a{n-1};' * 10"
        " + '\">' for n in range(1, 10)) + ']>' + RSS('<title>&a9;</title>')",
        "XML bombs",
    ),
    "a quadratic bomb": (
        "'<!DOCTYPE rss [<!ENTITY a \"' + 'x' * 50_000 + '\">]>' + RSS('&a;' * 50_000)",
        "XML bombs",
    ),
    "200,000 open tags": ("RSS('<title>' + '<b>' * 200_000)", "deeper"),
    "200,000 open tags in HTML": ("RSS(HTML('<b>' * 200_000 + 'x'))", None),
    "200,000 attributes, unquoted": (
        "RSS('<x ' + ' '.join(f'a{n}=1' for n in range(200_000)) + '/><title>k</title>')",
        None,
    ),
    "200,000 attributes in HTML": (
        "RSS(HTML('<p ' + ' '.join(f'a{n}=1' for n in range(200_000)) + '>hello</p>'))",
        None,
    ),
    "20 MB in one entry": ("RSS(HTML('<p>' + 'x ' * 10_000_000))", None),
    "24 MB of Japanese": ("RSS(('</item><item>' + HTML('東京都は' * 200)) * 9_500)", None),
    "12 MB cut off in the middle": ("RSS(('</item><item>' + HTML('Words. ' * 100)) * 15_000)[:-90]",
                                    None),
    "9 MB of long escaped texts": (
        "RSS(('</item><item><description>' + '&lt;p>Words. ' * 3_000 + '</description>') * 220)",
        None,
    ),
    "50 MB": ("RSS('x' * 50_000_000)", "larger than 25 MB"),
    "300,000 CDATA that never end": ("RSS('<title>k</title><link/><x><![CDATA[' * 300_000)", None),
    "50,000 undeclared prefixes": ("RSS(''.join(f'<p{n}:x/>' for n in range(50_000)))", None),
    "JSON 100,000 deep": (
        "'{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":' + '[' * 100_000",
        "not sound JSON",
    ),
}  # fmt: skip
PROGRAM = """
import json, resource, sys
from reader.errors import FeedError
from reader.feeds.worker import FeedReader
from reader.model import Document
RSS = lambda item: "<rss><channel><title>T</title><item>" + item + "</item></channel></rss>"
HTML = lambda html: "<description><![CDATA[" + html + "]]></description>"
SOUND = Document(RSS("<title>Sound</title>").encode())
body = eval(sys.argv[1]).encode()
told = {"refusal": None, "entries": 0}
with FeedReader() as reader:
    try:
        told["entries"] = len(reader.read(Document(body, url="https://x.example/f")).entries)
    except FeedError as error:
        told["refusal"] = str(error)
    reader.close()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told["next"] = reader.read(SOUND).entries[0].title
told |= {"cpu_seconds": used.ru_utime + used.ru_stime, "kilobytes": used.ru_maxrss}
print(json.dumps(told))
"""


@pytest.mark.parametrize("name", FEEDS)
def test_a_hostile_feed_is_read_or_refused_within_budget(name: str) -> None:
    expression, refusal = FEEDS[name]
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, expression], capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert told["cpu_seconds"] < 5
    assert told["kilobytes"] < 300_000
    assert told["next"] == "Sound", "the next feed is read as if nothing had been"
    if refusal is None:
        assert told["entries"] > 0
    else:
        assert refusal in told["refusal"]
        assert "\n" not in told["refusal"]
