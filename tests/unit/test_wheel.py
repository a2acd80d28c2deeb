"""The wheel holds all that is needed: installed outside the checkout, it reads an article.

The plain run installs the wheel alone, over the packages this environment already has. `-m wheel`
makes an environment that has nothing and installs what the wheel asks for.
"""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent

OUTSIDE = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
"""The surroundings of a command that must not find the checkout."""

PAGE = """<html lang="en"><head><title>Gate stuck again</title></head><body>
<nav><a href="/">Home</a></nav><article><h1>Gate stuck again</h1>
<p>The lock gate at Low Sluice stuck for the third time this month, and the water stood a metre
over the sill until the keeper freed it by hand.</p>
<p>Nobody was hurt, but the ferry waited two hours and the bakery on the far bank sold nothing.</p>
</article></body></html>"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = (
        "import sys, os; from hatchling.build import build_wheel;"
        "os.chdir(sys.argv[1]); print(build_wheel(sys.argv[2]))"
    )
    run([sys.executable, "-c", build, str(CHECKOUT), str(folder)])
    [made] = folder.glob("*.whl")
    return made


def run(words: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(words, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stderr
    return done


def reads_an_article(broadsheet: Path, folder: Path) -> None:
    """Add a page and read it back, from a place that is not the checkout."""
    (folder / "gate.html").write_text(PAGE)
    env = {**OUTSIDE, "BROADSHEET_HOME": str(folder / "home")}

    def say(*words: str) -> str:
        return run([str(broadsheet), *words], cwd=folder, env=env).stdout

    [added] = map(json.loads, say("add", "--jsonl", "gate.html").splitlines())
    article = json.loads(say("read", str(added["id"]), "--json"))
    assert article["title"] == "Gate stuck again"
    assert article["text"].startswith("The lock gate at Low Sluice")
    for format in ("html", "epub", "docx", "pdf"):
        say("export", str(added["id"]), "-o", f"out.{format}")
        assert (folder / f"out.{format}").stat().st_size > 1_000
    assert len(say("add", "--sample", "--jsonl").splitlines()) >= 14


def test_the_wheel_ships_styles_data_and_licence(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert "reader/_data/sample/edition.toml" in names
    assert any(name.startswith("reader/_styles/") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith("tests/") for name in names)
    assert not any(name.endswith(".pyc") for name in names)


def test_the_wheel_alone_reads_an_article(wheel, tmp_path):
    room = tmp_path / "room"
    run([sys.executable, "-m", "venv", "--without-pip", str(room)])
    site = Path(
        sysconfig.get_path("purelib", "venv", vars={"base": str(room), "platbase": str(room)})
    )
    zipfile.ZipFile(wheel).extractall(site)
    # A line in a .pth adds the packages of this environment, but not its editable broadsheet.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    command = room / "bin" / "broadsheet"
    command.write_text(
        f"#!{room}/bin/python\nimport sys\nfrom reader.cli import main\nsys.exit(main())\n"
    )
    command.chmod(0o755)
    where = run(
        [str(room / "bin" / "python"), "-c", "import reader; print(reader.__file__)"],
        cwd=tmp_path,
        env=OUTSIDE,
    )
    assert Path(where.stdout.strip()).is_relative_to(room)

    reads_an_article(command, tmp_path)


@pytest.mark.wheel
def test_the_wheel_and_what_it_asks_for_read_an_article(wheel, tmp_path):
    room = tmp_path / "room"
    run([sys.executable, "-m", "venv", "--upgrade-deps", str(room)])
    run([str(room / "bin" / "pip"), "install", "-q", str(wheel)], stdin=subprocess.DEVNULL)

    reads_an_article(room / "bin" / "broadsheet", tmp_path)
