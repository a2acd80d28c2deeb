"""`refresh` and `timer` as a script meets them."""

import json
import subprocess
import sys

import pytest

from reader import cli
from reader.cli import timer
from reader.library import Library
from reader.model import SourceKind


@pytest.fixture
def run(capsys):
    def main(*words: str) -> tuple[int, str, str]:
        code = cli.main(list(words))
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return main


def subscribe(*urls: str) -> None:
    with Library.open() as library:
        for url in urls:
            library.cache.sources.add(SourceKind.FEED, url, url)


def test_a_moment_that_is_none_is_a_mistake_in_the_command(run, newsstand, monkeypatch):
    subscribe(newsstand.sell("/f", newsstand.rss(newsstand.Entry("a"))))
    monkeypatch.setenv("BROADSHEET_NOW", "tomorrow")

    code, out, err = run("refresh")

    assert (code, out) == (2, "")
    assert "BROADSHEET_NOW is 'tomorrow'" in err


def test_each_source_is_a_line_and_a_failure_an_exit_code(run, newsstand):
    good = newsstand.sell("/f", newsstand.rss(newsstand.Entry("a")))
    subscribe(good, newsstand.sell("/g", b"", 404))

    code, out, _ = run("refresh", "--jsonl")
    again, nothing, _ = run("refresh", "--json")
    named, out_named, _ = run("refresh", good, "--json")

    said = {row["url"]: row for row in map(json.loads, out.splitlines())}
    assert code == 1
    assert said[good]["status"] == "new"
    assert (said[good]["new"], said[good]["changed"], said[good]["error"]) == (1, 0, None)
    assert said[good]["next"].endswith("+00:00")
    assert "no such page" in said[newsstand.url("/g")]["error"]
    assert (again, json.loads(nothing)) == (0, [])
    assert (named, json.loads(out_named)[0]["status"]) == (0, "unchanged")
    _, sources, _ = run("sources", "--json")
    for source in json.loads(sources):
        assert source["last"]
        assert source["next"] == said[source["url"]]["next"] or source["url"] == good


def test_an_unknown_source_is_nothing_found(run):
    code, _, err = run("refresh", "77")

    assert (code, "no source 77" in err) == (3, True)


def test_a_source_is_asked_by_its_title(run, newsstand):
    with Library.open() as library:
        url = newsstand.sell("/f", newsstand.rss(newsstand.Entry("a")))
        library.cache.sources.add(SourceKind.FEED, url, "The Harbour Post")

    code, out, _ = run("refresh", "the harbour post", "--json")

    assert (code, [line["url"] for line in json.loads(out)]) == (0, [url])


def test_the_feeds_of_a_site_are_a_row_to_choose_from(run, newsstand):
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/{name}.xml">'
        for name in ("Sport", "Politics")
    )
    page = f"<html><head>{links}</head><body><p>Hello</p></body></html>".encode()
    url = newsstand.sell("/", page, Content_Type="text/html")

    code, out, err = run("add", url, "--jsonl")
    as_list = json.loads(run("add", url, "--json")[1])

    row = json.loads(out)
    assert code == 2
    assert (row["what"], row["status"], row["id"]) == (url, "refused", None)
    assert row["candidates"] == [
        {"title": "Sport", "url": newsstand.url("/Sport.xml")},
        {"title": "Politics", "url": newsstand.url("/Politics.xml")},
    ]
    assert as_list == [row]
    assert "has several feeds" in err


def test_a_second_refresh_says_who_is_at_it(run, newsstand):
    from reader.intake.lock import Lock

    with Library.open() as library, Lock(library.path):
        code, _, err = run("refresh")

    assert code == 1
    assert "another refresh is running" in err


def test_units_for_systemd_and_a_line_for_cron(run, own_home, monkeypatch):
    _, units, _ = run("timer", "--every", "30")
    _, line, _ = run("timer", "--cron")
    code, _, err = run("timer", "--every", "1")

    assert "OnUnitActiveSec=30min" in units
    assert f"BROADSHEET_HOME={own_home}" in units
    assert line.startswith("*/15 * * * * ")
    assert " refresh --compare >" in line
    assert (code, "minutes from 5" in err) == (2, True)
    words = timer.command()
    assert subprocess.run([*words, "--help"], capture_output=True, check=True).stdout
    assert words[0] == sys.executable or words[0].endswith("broadsheet")


def test_where_systemd_is_not_to_be_had_cron_is_named(run, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))

    code, _, err = run("timer", "--install")

    assert code == 1
    assert err == (
        f"broadsheet: the units are in {tmp_path}/systemd/user, but systemd is not to be had here: "
        "`broadsheet timer --cron` prints a line for cron\n"
    )
    assert (tmp_path / "systemd/user/broadsheet.timer").is_file()


def test_what_systemctl_says_against_it_is_told_with_cron_beside_it(run, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    systemctl = tmp_path / "systemctl"
    systemctl.write_text("#!/bin/sh\necho 'Failed to connect\n to bus' >&2\nexit 1\n")
    systemctl.chmod(0o700)

    code, _, err = run("timer", "--install")

    assert code == 1
    assert "systemctl says: Failed to connect to bus; without systemd, `broadsheet timer" in err


@pytest.mark.parametrize(
    ("every", "looks"),
    [
        ("5", "*/5 * * * *"),
        ("7", "*/6 * * * *"),
        ("45", "*/30 * * * *"),
        ("59", "*/30 * * * *"),
        ("60", "M */1 * * *"),
        ("119", "M */1 * * *"),
        ("300", "M */4 * * *"),
        ("1440", "M */24 * * *"),
    ],
)
def test_cron_looks_as_often_as_asked_and_at_even_distances(run, every, looks):
    _, line, _ = run("timer", "--cron", "--every", every)
    minute, hour, *rest = line.split()[:5]
    if minute.isdigit():
        assert 0 <= int(minute) < 60
        minute = "M"
    assert " ".join((minute, hour, *rest)) == looks


def test_percent_and_spaces_are_written_as_systemd_reads_them(monkeypatch):
    monkeypatch.setattr(timer, "command", lambda: ["/a b/100%", "refresh"])

    assert 'ExecStart="/a b/100%%" refresh' in timer.service()
    assert timer.cron_line(15).startswith("*/15 * * * * ")
    assert "'/a b/100\\%' refresh" in timer.cron_line(15)
