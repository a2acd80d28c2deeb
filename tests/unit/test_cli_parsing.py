"""Words after a verb: options anywhere, nothing after `--` is one, mistakes are sentences."""

import pytest

from reader.cli import main, verbs
from reader.cli.parsing import parse
from reader.errors import UsageError


@pytest.mark.parametrize(
    ("words", "query", "limit"),
    [
        (["a", "--limit", "5", "b"], ["a", "b"], 5),
        (["-n", "5", "--", "-a", "--json"], ["-a", "--json"], 5),
        (["a", "--json", "b", "--", "-c", "--", "d"], ["a", "b", "-c", "--", "d"], 50),
        (["--", "--limit"], ["--limit"], 50),
        (["--"], [], 50),
        (["-n0"], [], 0),
    ],
)
def test_options_stand_anywhere_before_the_dashes(words, query, limit):
    args = parse(verbs.parser_of("list"), words)

    assert (args.query, args.limit) == (query, limit)


@pytest.mark.parametrize(
    "words",
    [
        ["--limt", "5"],
        ["--lim", "5"],
        ["-x"],
        ["--limit"],
        ["--limit", "-3"],
        ["--limit", "٣"],
        ["--limit", "1e3"],
        ["--json", "--jsonl"],
    ],
)
def test_a_mistake_names_the_option(words):
    with pytest.raises(UsageError) as caught:
        parse(verbs.parser_of("list"), words)

    assert "`broadsheet list --help`" in str(caught.value)


@pytest.mark.parametrize("name", verbs.VERBS)
def test_the_help_of_every_verb_names_its_options_and_ends_with_0(name, capsys):
    assert main([name, "--help"]) == 0

    said = capsys.readouterr().out
    for option in verbs.parser_of(name)._option_string_actions:
        assert option in said
    assert said.startswith(f"usage: broadsheet {name}")


@pytest.mark.parametrize("name", verbs.VERBS)
@pytest.mark.parametrize("form", ["--json", "--jsonl"])
def test_every_verb_takes_both_forms_of_json(name, form):
    assert form in verbs.parser_of(name)._option_string_actions


@pytest.mark.parametrize("words", [["-h"], ["--help"], ["help"]])
def test_the_overview_names_every_verb(words, capsys):
    assert main(words) == 0

    said = capsys.readouterr().out
    assert all(f"  {name} " in said for name in verbs.VERBS)
    assert max(map(len, said.splitlines())) <= 100


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("serach", "search"), ("star", "mark star"), ("unstar", "mark unstar"), ("stats", "db stats")],
)
def test_a_verb_that_is_none_is_told_what_does_it(typed, meant, capsys):
    assert main([typed, "5"]) == 2

    assert f"did you mean `broadsheet {meant}`?" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--bogus"],
        ["-x"],
        ["add"],
        ["clean"],
        ["mark", "read"],
        ["mark", "loved", "1"],
        ["similar"],
        ["similar", "1", "--every"],
        ["read"],
        ["read", "x"],
        ["read", "-1"],
        ["export", "--to", "md"],
        ["export", "--to", "odt", "1"],
        ["db"],
        ["db", "drop"],
        ["db", "check", "x"],
        ["search"],
        ["clean", "a", "b"],
        ["tag", "two words", "1"],
        ["read", "9" * 30],
        ["note"],
        ["export", "--all", "1"],
        ["clean", "x", "--manifest", "y"],
    ],
)
def test_what_is_not_understood_ends_with_2_and_one_sentence(words, capsys):
    assert main(words) == 2

    said = capsys.readouterr()
    assert said.err.startswith("broadsheet: ")
    assert said.err.count("\n") == 1
    assert said.out == ""
