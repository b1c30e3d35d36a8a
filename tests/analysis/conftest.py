from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from blueprint.analysis.chain import Chain
from blueprint.model.journey import Journey


@pytest.fixture(scope="session")
def j1() -> Journey:
    text = (Path(__file__).parent.parent / "data" / "j1.yaml").read_text(encoding="utf-8")
    return Journey.model_validate(yaml.safe_load(text))


@pytest.fixture(scope="session")
def make_journey() -> Callable[..., Journey]:
    """Build a journey of one stage from short touchpoints: id → fields."""

    def make(touchpoints: dict[str, dict[str, Any]], **fields: Any) -> Journey:
        points = [{"id": name, "title": name, **it} for name, it in touchpoints.items()]
        written = {"journey": "j", "stages": [{"stage": "all", "touchpoints": points}], **fields}
        return Journey.model_validate(json.loads(json.dumps(written)))

    return make


@pytest.fixture(scope="session")
def random_chain() -> Callable[..., tuple[Chain, dict[str, float]]]:
    """Build a random chain and emotions, with ways back (`loops`), without ties (`distinct`)."""

    def make(
        seed: int, size: int, *, loops: bool, distinct: bool = False, ways: int = 3
    ) -> tuple[Chain, dict[str, float]]:
        luck = random.Random(seed)
        q: list[list[float]] = []
        r: list[list[float]] = []
        for state in range(size):
            row, out = [0.0] * size, [0.0, 0.0]
            for _ in range(luck.randint(1, ways)):
                if loops and luck.random() < 0.3:
                    row[luck.randrange(size)] += luck.random()
                elif state + 1 < size:
                    row[luck.randrange(state + 1, min(size, state + 6))] += luck.random() + 0.1
            if state + 1 == size or luck.random() < 0.3:
                out[luck.randrange(2)] += luck.random() + 0.05
            elif state + 1 < size:
                row[state + 1] += 0.2
            total = sum(row) + sum(out)
            q.append([p / total for p in row])
            r.append([p / total for p in out])
        alpha = [0.0] * size
        alpha[0] = 0.75
        alpha[size // 3] += 0.25
        names = tuple(f"t{state}" for state in range(size))
        scores = (
            luck.sample(range(-500, 500), size) if distinct else [luck.randint(-3, 3) for _ in range(size)]
        )
        emotions = {
            name: score / (100 if distinct else 1) for name, score in zip(names, scores, strict=True)
        }
        return Chain.from_matrices(q, r, alpha, names, ("good", "bad")), emotions

    return make
