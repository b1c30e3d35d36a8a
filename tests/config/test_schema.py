"""The schema, the reader and the reference page say the same about every key."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from blueprint.config import ConfigError, read_config
from blueprint.config.reference import configuration_markdown
from blueprint.config.schema import json_schema
from blueprint.config.table import FIGURES, IGNORES, KEYS, PER_FILE, Key
from blueprint.lint.rules.budgets import wrong_unit
from blueprint.model.journey import BudgetFigure
from blueprint.model.values import WrittenBudget

SCHEMA = Draft202012Validator(json_schema())
ROOT = Path(__file__).parents[2]
NEEDED = 'files = ["a"]\n', 'rule = "EX101"\nreason = "r"\nowner = "o"\n'


def plain(data: Any) -> Any:
    return json.loads(json.dumps(data, default=str))


def reader_takes(text: str, folder: Path) -> bool:
    file = folder / "blueprint.toml"
    file.write_text(text.replace("../shared/blueprint.toml", "other.toml"), encoding="utf-8")
    (folder / "other.toml").write_text("", encoding="utf-8")
    try:
        read_config(file)
    except ConfigError:
        return False
    return True


def within(key: Key) -> list[str]:
    """Return texts in which a key stands with its example, spelt both ways."""
    texts = []
    for name in {key.name, key.name.replace("-", "_")}:
        line = key.example.replace(key.name, name, 1)
        if key in KEYS:
            texts.append(line)
        elif key in PER_FILE:
            texts.append("[[per-file]]\n" + ("" if key.name == "files" else NEEDED[0]) + line)
        else:
            others = [row for row in NEEDED[1].splitlines() if not row.startswith(f"{key.name} ")]
            texts.append("\n".join(["[[ignores]]", *others, line]))
    return texts


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("key", [*KEYS, *PER_FILE, *IGNORES], ids=lambda key: key.name)
def test_the_example_of_every_key_is_taken_by_both(key: Key, tmp_path: Path) -> None:
    for text in within(key):
        assert reader_takes(text, tmp_path), text
        assert list(SCHEMA.iter_errors(plain(tomllib.loads(text)))) == []
    assert key.about.en.endswith(".")
    assert key.about.zh.endswith("。")


@pytest.mark.parametrize("key", [*KEYS, *PER_FILE, *IGNORES], ids=lambda key: key.name)
@pytest.mark.parametrize(
    "value",
    ["3", '""', "[]", "{}", "[3]", "[{}]", "true", "false", '"x"', '["x"]', "{a = 1}", "{ending = 3}",
     '[""]', "{a = {b = 1}}", '{EX101 = "loud"}', '{ending = ">= 80%"}', "2027-01-01", '"2027-01-01"',
     '"  "'],
)  # fmt: skip
def test_other_values_are_judged_alike(key: Key, value: str, tmp_path: Path) -> None:
    if value[0] == "2" and key.kind != "date":
        return  # A schema sees a day as text; TOML does not.
    line = f"{key.name} = {value}"
    text = {KEYS: line, PER_FILE: f"[[per-file]]\n{NEEDED[0] if key.name != 'files' else ''}{line}"}.get(
        next(keys for keys in (KEYS, PER_FILE, IGNORES) if key in keys), ""
    )
    if not text:
        others = [row for row in NEEDED[1].splitlines() if not row.startswith(f"{key.name} ")]
        text = "\n".join(["[[ignores]]", *others, line])
    for name in ("x", "2027-01-01"):
        (tmp_path / name).write_text("", encoding="utf-8")  # For `extends`.
    assert reader_takes(text, tmp_path) == SCHEMA.is_valid(plain(tomllib.loads(text))), text


@pytest.mark.parametrize(
    "text",
    ["selct = []", "[[ignores]]\nrule = 'x'", "[[per-file]]\nignore = ['x']", "budgets.endng = '>= 0'",
     "fail-on = 'error'\nfail_on = 'error'", "[[ignores]]\nrule='x'\nreason='r'\nowner='o'\nuntil=1"],
)  # fmt: skip
def test_both_refuse_what_is_not_known_or_lacking(text: str, tmp_path: Path) -> None:
    assert not reader_takes(text, tmp_path)
    assert not SCHEMA.is_valid(plain(tomllib.loads(text)))


def test_budgets_are_about_the_figures_of_the_model() -> None:
    assert set(FIGURES) == set(get_args(BudgetFigure))


@given(
    st.sampled_from(sorted(FIGURES)),
    st.sampled_from([">=", "<=", "<", ">", "≥", "=", ""]),
    st.sampled_from(["", " ", "  "]),
    st.one_of(
        st.integers(-20, 120).map(str),
        st.sampled_from(["0.5", "1", "1.5", "80%", "100%", "120%", "-5%", "3d", "2h 30m", "5", "PT5M", "",
                         "x", "0", "1e3", ".5", "0%", "100.0%"]),
    ),
)  # fmt: skip
@example("time", "<=", " ", "0")
def test_budgets_are_taken_as_the_model_takes_them(figure: Any, sign: str, gap: str, limit: str) -> None:
    written = f"{sign}{gap}{limit}"
    try:
        budget = TypeAdapter(WrittenBudget).validate_python(written)
    except ValidationError:
        fits = False
    else:
        share = FIGURES[figure] == "share"
        fits = wrong_unit(figure, budget) is None and not (share and budget.limit < 0)
    assert SCHEMA.is_valid({"budgets": {figure: written}}) == fits
    from blueprint.config.reading import _BUDGET, _fits

    match = _BUDGET.fullmatch(written)
    assert (match is not None and _fits(FIGURES[figure], match)) == fits


def test_the_reference_page_is_as_generated() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert page == configuration_markdown()


def test_every_toml_block_of_the_reference_is_valid(tmp_path: Path) -> None:
    blocks = configuration_markdown().split("```toml\n")[1:]
    assert len(blocks) == len(KEYS) + 1
    for block in blocks:
        text = block.split("```")[0]
        assert reader_takes(text, tmp_path), text
