"""Random journeys as YAML text: the corpus of the benchmarks, the same for the same seed.

Texts are English and Chinese. Most touchpoints follow one another; one in eight is a complaint that
comes back to the line or drops out, one in seven loops back a little, some end early. Forty touchpoints
are about 15 KB. `python benchmarks/corpus.py 40 [SEED]` prints one journey.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

STAGE = 5
"""Touchpoints per stage."""

ACTIONS = (
    ("Looks for the right offer", "寻找合适的方案"),
    ("Asks the assistant a question", "向客服提出一个问题"),
    ("Fills in the form", "填写申请表"),
    ("Waits for the confirmation", "等待确认通知"),
    ("Opens the parcel at the door", "在门口打开包裹"),
    ("Pays with a phone", "用手机付款"),
    ("Reads the conditions twice", "把条款读了两遍"),
    ("Meets the adviser in the store", "在门店与顾问见面"),
    ("Receives a message with the next step", "收到下一步的短信"),
    ("Uses it for the first time", "第一次使用"),
)
THOUGHTS = (
    ("Is this really included, or will it cost extra?", "这个真的包含在内吗,还是要另外收费?"),
    ("Nobody told me that it would take this long.", "没有人告诉我要等这么久。"),
    ("That was easier than I thought.", "比我想的简单多了。"),
    ("They remembered what I said last time.", "他们还记得我上次说过的话。"),
    ("I have explained this three times already.", "同样的话我已经解释了三遍。"),
)
PAINS = (
    ("the same data is asked for twice", "同样的资料要填两次"),
    ("nobody says how long it takes", "没有人说明需要多长时间"),
    ("the promised call never comes", "承诺的回电一直没有来"),
    ("the price changes at the last step", "最后一步价格发生变化"),
)
CHANNELS = ("web", "app", "phone", "store", "email", "chat")
OWNERS = ("sales", "service", "logistics", "finance")


def journey(size: int, seed: int = 0) -> str:
    """Return the YAML text of a random journey of `size` touchpoints."""
    luck = random.Random(f"{seed}/{size}")
    lines = [
        f"journey: generated-{size}-{seed}",
        f"title: {{en: Generated journey {seed}, zh: 生成的旅程 {seed}}}",
        "summary: A journey made up for measuring; nobody has ever taken it.",
        "owner: {en: Head of service, zh: 服务总监}",
        "emotion_scale: [-5, 5]",
        "traffic: {journeys: 12000, per: year, value: 340 CNY}",
        "outcomes: {done: success, dropped: failure}",
        "stages:",
    ]
    for at in range(size):
        if at % STAGE == 0:
            lines.append(f"  - stage: stage-{at // STAGE + 1}")
            lines.append(f"    title: {{en: Stage {at // STAGE + 1}, zh: 第 {at // STAGE + 1} 阶段}}")
            lines.append("    touchpoints:")
        lines.extend("      " + line for line in _touchpoint(at, size, luck))
    return "\n".join(lines) + "\n"


def _touchpoint(at: int, size: int, luck: random.Random) -> Iterator[str]:
    complaint = 0 < at < size - 1 and luck.random() < 1 / 8
    action, thought = luck.choice(ACTIONS), luck.choice(THOUGHTS)
    yield f"- id: t{at}"
    yield f"  title: {{en: {action[0]}, zh: {action[1]}}}"
    kinds = ["first"] * (at == 0) + ["complaint"] * complaint + ["end"] * (at == size - 1)
    if kinds:
        yield f"  kinds: [{', '.join(kinds)}]"
    yield f"  channel: {luck.choice(CHANNELS)}"
    yield f"  owner: {luck.choice(OWNERS)}"
    if luck.random() < 0.6:
        yield f'  thinking: {{en: "{thought[0]}", zh: "{thought[1]}"}}'
    emotion = round(luck.gauss(-2.5 if complaint else 0.8, 1.4) * 2) / 2
    emotion = min(5.0, max(-5.0, emotion))
    yield (
        f"  emotion: {emotion:g}"
        if luck.random() < 0.6
        else f"  emotion: {{mean: {emotion:g}, sd: 1.2, n: 80}}"
    )
    standard = luck.choice((30, 60, 120, 300, 900))
    wait = luck.choice((0, 60, 600))
    yield f"  time: {{standard: {standard}s, tolerance: {standard * 2}s, wait: {wait}s}}"
    if luck.random() < 0.3:
        yield "  evidence: [Confirmation e-mail, 纸质收据]"
    if luck.random() < 0.3:
        yield "  needs: [{need: {en: to know where it stands, zh: 知道进展}, kano: must-be, met: true}]"
    if complaint or luck.random() < 0.1:
        pain = luck.choice(PAINS)
        yield "  pains:"
        yield f"    - pain: {{en: {pain[0]}, zh: {pain[1]}}}"
        yield f"      severity: {luck.randint(3, 9)}"
        yield f"      occurrence: {luck.randint(2, 8)}"
        yield f"      detection: {luck.randint(2, 8)}"
    if complaint:
        yield "  complaint: {priority: P2, types: [delay], escalation: [team lead, manager]}"
    yield from _exits(at, size, complaint, luck)


def _exits(at: int, size: int, complaint: bool, luck: random.Random) -> Iterator[str]:
    if at == size - 1:
        return
    ways: dict[str, float] = {}
    often = min(1.0, 40 / size)  # long journeys lose no more customers than short ones
    if complaint:
        ways["dropped"] = round(0.2 * often, 4)
        ways[f"t{max(0, at - luck.randint(1, 3))}"] = 0.3
    else:
        if at and luck.random() < 1 / 7:
            ways[f"t{max(0, at - luck.randint(0, 4))}"] = round(luck.uniform(0.05, 0.3), 2)
        if luck.random() < 1 / 6:
            ways["dropped"] = round(luck.uniform(0.01, 0.08) * often, 5)
        if at + 3 < size and luck.random() < 1 / 5:
            ways[f"t{at + luck.randint(2, 3)}"] = round(luck.uniform(0.1, 0.4), 2)
    if ways:
        yield "  next:"
        for target, share in ways.items():
            yield f"    {target}: {share:.5f}"
        yield f"    t{at + 1}: rest"


def blueprint(size: int, seed: int = 0) -> str:
    """Return the blueprint of `journey(size, seed)`: two steps for each touchpoint, over six actors."""
    luck = random.Random(f"blueprint {size} {seed}")
    lines = [f"blueprint: delivery-{size}-{seed}", f"journey: generated-{size}-{seed}", "actors:"]
    actors = (
        ("agent", "frontstage", False), ("app", "frontstage", True), ("planner", "backstage", False),
        ("system", "backstage", True), ("finance", "support", False), ("partner", "support", False),
    )  # fmt: skip
    for name, zone, technology in actors:
        lines.append(f"  {name}: {{zone: {zone}, technology: {str(technology).lower()}}}")
    lines.append("steps:")
    for at in range(size):
        front, back = luck.choice(actors[:2])[0], luck.choice(actors[2:])[0]
        lines += [
            f"  - id: front-{at}",
            f"    at: t{at}",
            f"    actor: {front}",
            "    does: Listens and writes down what is needed",
            f"    time: {{standard: {luck.randint(1, 9)}m, tolerance: 15m}}",
            f"    next: {{back-{at}: {{hands_over: [the request], within: 30m, confirmed: true}}}}",
            f"  - id: back-{at}",
            f"    at: t{at}",
            f"    actor: {back}",
            "    does: Looks it up and answers",
            f"    time: {{standard: {luck.randint(1, 9)}m, wait: 2m}}",
        ]
        if at + 1 < size:
            lines.append(f"    next: front-{at + 1}")
    return "\n".join(lines) + "\n"


def write(folder: Path, files: int, size: int = 40) -> list[Path]:
    """Write `files` journeys of `size` touchpoints into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for seed in range(files):
        path = folder / f"journey-{seed:04}.yaml"
        path.write_text(journey(size, seed), encoding="utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    sys.stdout.write(journey(int(sys.argv[1]), *map(int, sys.argv[2:3])))
