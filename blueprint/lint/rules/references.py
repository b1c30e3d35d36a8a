"""RF: what a document names must be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from blueprint.diagnostic import Message
from blueprint.lint.rule import Drop, Finding, Note, Repair, Scope, rule
from blueprint.lint.spelling import respelt
from blueprint.lint.wording import both, did_you_mean, ids, meant
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint, Step
from blueprint.model.values import Loc

if TYPE_CHECKING:
    from blueprint.lint.rule import Model

KEY = "[key]"
"""Ends a path that means the key, not its value."""


def _at_name(loc: Loc, written: object) -> Loc:
    """Return where a target is named: the key of a mapping, or the value itself."""
    return (*loc, KEY) if isinstance(written, Mapping) else loc


def _known_list(names: list[str]) -> Message:
    return both(f"known here: {ids(names)}", f"这里已有：{ids(names, 'zh')}")


def _ways(journey: Journey) -> Iterator[tuple[str, Loc, str]]:
    """Yield every target a journey names: where from, where it is written, what it is called."""
    if journey.entry is not None:
        for route in journey.entries:
            yield "entry", _at_name(route.loc, journey.entry), route.target
    for _, _, touchpoint in journey.first_places:
        if touchpoint.next is not None:
            for route in journey.routes[touchpoint.id]:
                yield touchpoint.id, _at_name(route.loc, touchpoint.next), route.target


@rule("RF101", severity="error", zh="去向指向不存在的触点、结局或步骤", fix="safe or unsafe")
def unknown_target(scope: Scope) -> Iterator[Finding]:
    """`next` or `entry` names something that is not there.

    Why: A way that leads to a name nobody has is a typing error or a touchpoint that was renamed. The
        customers who take it are lost to every figure.
    Why(zh): 指向一个没人用的名字，不是打错了字，就是触点改了名。走这条路的客户，会从所有数字里消失。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {payd: 0.9, dropped: 0.1}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0, next: {paid: 0.9, dropped: 0.1}}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: language reference, "Where it goes".
    """
    model = scope.model
    if isinstance(model, Journey):
        known = [*model.touchpoints, *model.outcomes]
        for start, loc, target in _ways(model):
            allowed = list(model.touchpoints) if start == "entry" else known
            if target in allowed or target in scope.lost:
                continue
            if start == "entry" and target in model.outcomes:
                yield Finding(
                    loc,
                    both(
                        f"a journey cannot begin at the outcome `{target}`",
                        f"旅程不能从结局 `{target}` 开始",
                    ),
                    both("name a touchpoint in `entry:`", "在 `entry:` 中写触点的 id"),
                )
                continue
            yield Finding(
                loc,
                both(
                    f"no touchpoint or outcome is called `{target}`"
                    if start != "entry"
                    else f"no touchpoint is called `{target}`",
                    f"没有叫 `{target}` 的触点或结局" if start != "entry" else f"没有叫 `{target}` 的触点",
                ),
                did_you_mean(target, allowed, _known_list(allowed)),
                "" if start == "entry" else start,
                fix=respelt(loc, target, allowed),
            )
    elif isinstance(model, ServiceBlueprint):
        steps = [step.id for step in model.steps]
        for link in model.links_between:
            at = link.loc[1]
            if link.target not in steps and link.target not in scope.lost and isinstance(at, int):
                where = _at_name(link.loc, model.steps[at].next)
                yield Finding(
                    where,
                    both(f"no step is called `{link.target}`", f"没有叫 `{link.target}` 的步骤"),
                    did_you_mean(link.target, steps, _known_list(steps)),
                    link.source,
                    fix=respelt(where, link.target, steps),
                )


@rule("RF102", severity="error", zh="找不到所写的客户画像", fix="safe or unsafe")
def unknown_persona(scope: Scope) -> Iterator[Finding]:
    """A journey names a persona that no document describes, or scores a persona it does not name.

    Why: A score for a persona that does not exist is counted for nobody.
    Why(zh): 给不存在的画像打分，等于没有为任何人打分。

    Bad:
        ```yaml
        journey: refund
        persona: [{persona: busy-parent}]
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: {bussy-parent: 0}}
              - {id: paid, title: Is paid, kinds: [end], emotion: {busy-parent: 1}}
        ```

    Good:
        ```yaml
        journey: refund
        persona: [{persona: busy-parent}]
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: {busy-parent: 0}}
              - {id: paid, title: Is paid, kinds: [end], emotion: {busy-parent: 1}}
        ```

    Source: language reference, "persona".
    """
    journey = scope.model
    if not isinstance(journey, Journey):
        return
    for at, persona in enumerate(journey.persona):
        if not isinstance(persona, str) or scope.neighbours is None or persona in scope.lost:
            continue
        if persona not in (personas := scope.neighbours.ids("persona")):
            yield Finding(
                ("persona", at),
                both(f"no persona is called `{persona}`", f"没有叫 `{persona}` 的客户画像"),
                did_you_mean(
                    persona,
                    personas,
                    both(
                        f"write a file that begins with `persona: {persona}`, or check it "
                        "together with the one that does",
                        f"新建一个以 `persona: {persona}` 开头的文件，或与已有的该文件一起检查",
                    ),
                ),
                persona,
                fix=respelt(("persona", at), persona, personas),
            )
    named = set(journey.persona_ids) | scope.lost
    for loc, _, touchpoint in journey.places:
        for persona in touchpoint.scores:
            if persona and persona not in named:
                yield Finding(
                    (*loc, "emotion", persona, KEY),
                    both(
                        f"`{touchpoint.id}` has a score for `{persona}`, who is not a persona of "
                        "this journey",
                        f"`{touchpoint.id}` 给 `{persona}` 打了分，但它不是这段旅程的客户画像",
                    ),
                    did_you_mean(
                        persona,
                        journey.persona_ids,
                        both(f"add `{persona}` to `persona:`", f"把 `{persona}` 加到 `persona:` 中"),
                    ),
                    touchpoint.id,
                    fix=respelt((*loc, "emotion", persona, KEY), persona, journey.persona_ids),
                )


@rule("RF103", severity="error", zh="找不到所写的旅程", fix="safe or unsafe")
def unknown_journey(scope: Scope) -> Iterator[Finding]:
    """A blueprint, or a to-be that replaces another journey, names a journey that is not there.

    Why: A blueprint takes its columns, evidence and customer actions from its journey. Without it half
        of the drawing and most checks are missing.
    Why(zh): 服务蓝图的列、有形展示和客户行为都来自它的旅程。没有旅程，图缺一半，大部分检查也做不了。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refunds
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: S003, designing with both maps (双图设计): journey and blueprint belong together.
    """
    model = scope.model
    if scope.neighbours is None:
        return
    if isinstance(model, ServiceBlueprint):
        name, key = model.journey, "journey"
    elif isinstance(model, Journey) and model.replaces is not None:
        name, key = model.replaces, "replaces"
    else:
        return
    journeys = scope.neighbours.ids("journey")
    if name in journeys:
        return
    others = [id for id in journeys if id != model.id]
    yield Finding(
        (key,),
        both(f"no journey is called `{name}`", f"没有叫 `{name}` 的旅程"),
        did_you_mean(
            name,
            others,
            both(
                f"check the file that begins with `journey: {name}` together with this one",
                f"请与以 `journey: {name}` 开头的文件一起检查",
            ),
        ),
        model.id,
        fix=respelt((key,), name, others),
    )


def _actors_named(at: int, step: Step) -> Iterator[tuple[Loc, str]]:
    here: Loc = ("steps", at)
    yield (*here, "actor"), step.actor
    if step.raci is not None:
        if step.raci.accountable is not None:
            yield (*here, "raci", "accountable"), step.raci.accountable
        for role in ("responsible", "consulted", "informed"):
            for n, actor in enumerate(getattr(step.raci, role)):
                yield (*here, "raci", role, n), actor
    for n, failure in enumerate(step.fails):
        if failure.owner is not None:
            yield (*here, "fails", n, "owner"), failure.owner
    for n, leave in enumerate(step.exceptions):
        for key in ("who", "told"):
            if (named := getattr(leave, key)) is not None:
                yield (*here, "exceptions", n, key), named


@rule("RF104", severity="error", zh="找不到所写的角色", fix="safe or unsafe")
def unknown_actor(scope: Scope) -> Iterator[Finding]:
    """A step names an actor that the blueprint does not declare.

    Why: An actor is a row of the blueprint and says on which side of the line of visibility a step
        happens. A step without one cannot be drawn and has no owner.
    Why(zh): 角色是服务蓝图的一行，说明步骤发生在可视线的哪一侧。没有角色的步骤画不出来，也没有人负责。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agnet, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: S001, posts and division of work (岗位与分工).
    """
    model = scope.model
    if not isinstance(model, ServiceBlueprint):
        return
    for at, step in enumerate(model.steps):
        for loc, actor in _actors_named(at, step):
            if actor not in model.actors and actor not in scope.lost:
                yield Finding(
                    loc,
                    both(f"no actor is called `{actor}`", f"没有叫 `{actor}` 的角色"),
                    did_you_mean(
                        actor,
                        model.actors,
                        both(
                            "declare it under `actors:` with its zone; declared so far: "
                            f"{ids(model.actors)}",
                            f"在 `actors:` 中声明它和所在区域；目前已有：{ids(model.actors, 'zh')}",
                        ),
                    ),
                    step.id,
                    fix=respelt(loc, actor, model.actors),
                )


@rule("RF105", severity="error", zh="步骤所属的触点不在旅程中", fix="safe or unsafe")
def unknown_touchpoint(scope: Scope) -> Iterator[Finding]:
    """A step belongs to a touchpoint that its journey does not have.

    Why: The touchpoint is the step's column. If the journey was changed and the blueprint was not, the
        two no longer tell the same story.
    Why(zh): 触点就是步骤所在的列。旅程改了而蓝图没有改，两者讲的就不再是同一个故事。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: note}
          - {id: note, at: asks, actor: agent, does: Notes it down, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: note}
          - {id: note, at: ask, actor: agent, does: Notes it down, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: S003, designing with both maps (双图设计).
    """
    model = scope.model
    if not isinstance(model, ServiceBlueprint) or scope.neighbours is None:
        return
    journey = scope.neighbours.journey(model.journey)
    if journey is None:
        return
    lost = scope.neighbours.lost("journey", journey.id)
    for at, step in enumerate(model.steps):
        if step.at not in journey.touchpoints and step.at not in lost:
            yield Finding(
                ("steps", at, "at"),
                both(
                    f"journey `{journey.id}` has no touchpoint `{step.at}`",
                    f"旅程 `{journey.id}` 没有触点 `{step.at}`",
                ),
                did_you_mean(step.at, journey.touchpoints, _known_list(list(journey.touchpoints))),
                step.id,
                fix=respelt(("steps", at, "at"), step.at, journey.touchpoints),
            )


def _claims(model: Model) -> Iterator[tuple[str, str, Loc]]:
    """Yield every id a document gives away: what kind of thing, the id, where."""
    if isinstance(model, Journey):
        for at, stage in enumerate(model.stages):
            yield "stage", stage.id, ("stages", at, "stage")
        for loc, _, touchpoint in model.places:
            yield "touchpoint", touchpoint.id, (*loc, "id")
        for at, persona in enumerate(model.persona):
            yield "persona", persona if isinstance(persona, str) else persona.id, ("persona", at)
    elif isinstance(model, ServiceBlueprint):
        for at, step in enumerate(model.steps):
            yield "step", step.id, ("steps", at, "id")


_ZH = {"stage": "阶段", "touchpoint": "触点", "persona": "客户画像", "step": "步骤"}


@rule("RF106", severity="error", zh="id 重复")
def duplicate_id(scope: Scope) -> Iterator[Finding]:
    """Two things of one kind have the same id.

    Why: Everything refers by id. Of two touchpoints with one id, `next` can only mean the first; the
        second is never visited.
    Why(zh): 一切都按 id 引用。两个触点用同一个 id，`next` 只能指第一个，第二个永远没有人到。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
          - stage: claim
            touchpoints:
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
          - stage: money
            touchpoints:
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```

    Source: language reference, "Ids".
    """
    model = scope.model
    seen: dict[tuple[str, str], Loc] = {}
    for kind, name, loc in _claims(model):
        first = seen.setdefault((kind, name), loc)
        if first != loc:
            yield Finding(
                loc,
                both(f"a second {kind} is called `{name}`", f"又有一个{_ZH[kind]}叫 `{name}`"),
                both("give one of them another id", "给其中一个换个 id"),
                name,
                (Note(first, both("the first one", "第一个在这里")),),
            )
        if kind == "touchpoint" and isinstance(model, Journey) and name in model.outcomes:
            yield Finding(
                loc,
                both(
                    f"`{name}` is a touchpoint and an outcome: `next: {name}` could mean either",
                    f"`{name}` 既是触点又是结局：`next: {name}` 指的是哪个不清楚",
                ),
                both("give the touchpoint another id", "给触点换个 id"),
                name,
            )
    key = type(model).model_fields["id"].alias or "id"
    if scope.neighbours and (others := scope.neighbours.twins(model.id, scope.file)):
        yield Finding(
            (key,),
            both(
                f"the id `{model.id}` is also used by {ids(others)}",
                f"id `{model.id}` 也被 {ids(others, 'zh')} 使用",
            ),
            both(
                "ids of documents are unique in a workspace: rename one",
                "文档 id 在工作区内必须唯一：请改掉其中一个",
            ),
            model.id,
        )


@rule("RF107", zh="没有用到的角色", fix="unsafe")
def unused_actor(scope: Scope) -> Iterator[Finding]:
    """An actor is declared but takes no step and answers for none.

    Why: It becomes an empty row across the whole poster, and readers ask what it does.
    Why(zh): 它会变成横贯整张海报的一行空白，看图的人会问：这一行是干什么的？

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors:
          agent: {zone: frontstage}
          auditor: {zone: backstage}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        actors:
          agent: {zone: frontstage}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: S001, posts and division of work (岗位与分工).
    """
    model = scope.model
    if not isinstance(model, ServiceBlueprint):
        return
    used = {actor for at, step in enumerate(model.steps) for _, actor in _actors_named(at, step)}
    for actor in model.actors:
        if actor not in used:
            near = meant(actor, used - set(model.actors))
            yield Finding(
                ("actors", actor, KEY),
                both(f"`{actor}` takes no step", f"角色 `{actor}` 没有任何步骤"),
                both(
                    f"a step names `{near}`: is this the same one?", f"有步骤写的是 `{near}`：是同一个吗？"
                )
                if near
                else both("give it a step, or remove its row", "给它安排步骤，或去掉这一行"),
                actor,
                fix=None
                if near
                else Repair(
                    both(f"remove `{actor}`", f"去掉 `{actor}`"), (Drop(("actors", actor)),), safe=False
                ),
            )
