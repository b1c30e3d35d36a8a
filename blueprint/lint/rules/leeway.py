"""How far people may go for a customer, and what they may know: leave from a standard, privacy."""

from __future__ import annotations

from collections.abc import Iterator

from blueprint.lint.rule import Finding, Scope, rule
from blueprint.lint.wording import both
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.model.touchpoint import PersonalData
from blueprint.model.values import Loc

_REFUSED = {"consent": ("without consent", "未经本人同意"), "encrypted": ("unencrypted", "未加密")}
_CONTROLS = {
    "purpose": ("what for", "用途"),
    "consent": ("whether the person agrees", "本人是否同意"),
    "access": ("who may see it", "谁可以查看"),
    "kept": ("for how long it is kept", "保存多久"),
    "encrypted": ("whether it is encrypted", "是否加密"),
}


@rule("BP124", zh="放权没有边界")
def unlimited_exception(blueprint: ServiceBlueprint) -> Iterator[Finding]:
    """A step may leave its standard for a customer, but nobody says who may, or how far.

    Why: Standards make a service reliable, and leave to depart from them makes it human. Leave without a
        person and a limit is used by nobody, or by everybody. Speaks of `exceptions:` that name no `who`,
        or neither `limit` nor `share`.
    Why(zh): 标准让服务可靠，允许例外才让服务有人情味。放权却不写明谁可以、可以到什么程度，结果不是没人
        用，就是人人乱用。只检查没有写 `who`，或 `limit` 与 `share` 都没有写的 `exceptions:`。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: paid, title: Is paid, kinds: [first, end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors:
          agent: {zone: frontstage}
        steps:
          - id: pay
            at: paid
            actor: agent
            does: Pays
            standard: CS-14
            exceptions: [{when: The receipt is lost, who: agent}]
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: paid, title: Is paid, kinds: [first, end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors:
          agent: {zone: frontstage}
        steps:
          - id: pay
            at: paid
            actor: agent
            does: Pays
            standard: CS-14
            exceptions: [{when: The receipt is lost, who: agent, limit: 50 EUR}]
        ```

    Source: S001, S004, standard or flexible (标准化与灵活; 弹性授权).
    """
    for at, step in enumerate(blueprint.steps):
        for number, leave in enumerate(step.exceptions):
            lacking = []
            if leave.who is None:
                lacking.append(("who may", "由谁决定"))
            if leave.limit is None and leave.share is None:
                lacking.append(("up to what", "上限多少"))
            if not lacking:
                continue
            yield Finding(
                ("steps", at, "exceptions", number),
                both(
                    f"`{step.id}` may leave its standard, but nobody says "
                    + " and ".join(en for en, _ in lacking),
                    f"`{step.id}` 允许例外，但没有写明{'、'.join(zh for _, zh in lacking)}",
                ),
                both(
                    "name the actor (`who:`) and the limit (`limit:` or `share:`)",
                    "写明角色（`who:`）和上限（`limit:` 或 `share:`）",
                ),
                step.id,
            )


def _learned(model: Journey | ServiceBlueprint) -> Iterator[tuple[Loc, str, PersonalData]]:
    if isinstance(model, Journey):
        for loc, _, point in model.places:
            if point.personal_data is not None:
                yield (*loc, "personal_data"), point.id, point.personal_data
        return
    for at, step in enumerate(model.steps):
        if step.personal_data is not None:
            yield ("steps", at, "personal_data"), step.id, step.personal_data


@rule("RK106", zh="个人信息保护不完整")
def unguarded_personal_data(scope: Scope) -> Iterator[Finding]:
    """Something is learned about a person, and a control that guards it is missing.

    Why: What is known about customers is lent. For each place that learns something it is written what it
        is for, whether the person agreed, who may see it, how long it is kept and whether it is encrypted;
        what is written as `consent: false` or `encrypted: false` counts as missing.
    Why(zh): 客户的信息是借来的。每个收集信息的地方都要写明：用途、是否征得同意、谁可以看、保存多久、是
        否加密；写成 `consent: false` 或 `encrypted: false` 也算缺失。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                personal_data: {data: [Bank account], purpose: To pay}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                personal_data:
                  data: [Bank account]
                  purpose: To pay
                  access: Finance
                  kept: 90d
                  encrypted: true
                  consent: true
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: S000, privacy and safety of data (隐私与数据安全); S002, privacy (隐私权).
    """
    model = scope.model
    if not isinstance(model, (Journey, ServiceBlueprint)):
        return
    for loc, name, data in _learned(model):
        lacking = [words for control, words in _CONTROLS.items() if getattr(data, control) is None]
        refused = [words for control, words in _REFUSED.items() if getattr(data, control) is False]
        if not lacking and not refused:
            continue
        how, how_zh = " and ".join(en for en, _ in refused), "、".join(zh for _, zh in refused)
        unsaid, unsaid_zh = ", ".join(en for en, _ in lacking), "、".join(zh for _, zh in lacking)
        yield Finding(
            loc,
            both(
                f"`{name}` learns about a person"
                + (f", {how}" if refused else "")
                + (f", and does not say {unsaid}" if lacking else ""),
                f"`{name}` 收集个人信息"
                + (f"，{how_zh}" if refused else "")
                + (f"，没有写明{unsaid_zh}" if lacking else ""),
            ),
            both(
                "write `purpose`, `consent`, `access`, `kept` and `encrypted`",
                "写明 `purpose`、`consent`、`access`、`kept` 和 `encrypted`",
            ),
            name,
        )
