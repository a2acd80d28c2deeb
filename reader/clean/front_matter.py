"""The facts above a Markdown file, between `---` or `+++`.

TOML is read as TOML. Of YAML, whose whole is without bound, the strict small part that people write
above articles: `key: value`, quoted strings, `[a, b]`, and lists of `- item`; anything else is kept
as text or left out. Nothing is evaluated, nothing raises.
"""

import re
import tomllib
from datetime import date, datetime

Value = str | list[str]

_YAML = re.compile(r"\A\s{0,20}---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\A\s{0,20}\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_KEY = re.compile(r"^([A-Za-z][\w .-]{0,60}?)[ \t]*:(?:[ \t]+(.*))?$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(.*)$")
_LONGEST = 20_000


def split(text: str) -> tuple[dict[str, Value], str]:
    """The facts by lower-case key, and the text below them."""
    head = text[:_LONGEST]
    if (found := _TOML.match(head)) is not None:
        try:
            return _from_toml(tomllib.loads(found[1])), text[found.end() :]
        except tomllib.TOMLDecodeError:
            return {}, text
    if (found := _YAML.match(head)) is not None:
        facts = _from_yaml(found[1])
        if facts:
            return facts, text[found.end() :]
    return {}, text


def _from_toml(table: dict[str, object]) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            facts.update({k: v for k, v in _from_toml(value).items() if k not in facts})
        elif isinstance(value, list):
            facts[key.lower()] = [str(item) for item in value if not isinstance(item, dict)]
        elif isinstance(value, datetime | date):
            facts[key.lower()] = value.isoformat()
        else:
            facts[key.lower()] = str(value)
    return facts


def _from_yaml(text: str) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    key: str | None = None
    folded = False
    for line in text.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if (item := _ITEM.match(line)) and key is not None:
            name = _KEY.match(item[1])
            value = name[2] or "" if name and name[1].lower() == "name" else item[1]
            old = facts.get(key)
            facts[key] = [*(old if isinstance(old, list) else []), _scalar(value)]
        elif not line[0].isspace() and (pair := _KEY.match(line)):
            key = pair[1].strip().lower()
            value = (pair[2] or "").strip()
            folded = value in (">", "|", ">-", "|-", ">+", "|+")
            if value and not folded:
                facts[key] = _list(value) if value.startswith("[") else _scalar(value)
        elif line[0].isspace() and key is not None:
            old = facts.get(key)
            nested = _KEY.match(line.strip())
            if nested and not folded and nested[1].lower() == "name":
                facts.setdefault(key, _scalar(nested[2] or ""))
            elif (not nested or folded) and not isinstance(old, list):
                facts[key] = f"{old or ''} {line.strip()}".strip()
    return {key: value for key, value in facts.items() if value}


def _list(text: str) -> list[str]:
    inner = text.strip().removeprefix("[").removesuffix("]")
    parts = re.findall(r"\s*(\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'|[^,]+)", inner)
    return [item for item in map(_scalar, parts) if item]


def _scalar(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text[1:-1])
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    text = re.sub(r"\s+#.*$", "", text)
    return "" if text in ("null", "~", "Null", "NULL") else text
