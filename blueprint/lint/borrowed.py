"""Rules that plugins bring: held to the same form as the program's own, in families of their own."""

from __future__ import annotations

from collections.abc import Mapping

from blueprint.diagnostic import Diagnostic, Message, Range, Severity
from blueprint.lint.rule import RULES, Rule
from blueprint.plugins import BrokenOfferError, Offer, Plugins, module_of

UNUSABLE = ("IN106", "unusable-plugin")


def rules(plugins: Plugins, own: Mapping[str, Rule], taken: Mapping[str, Message]) -> dict[str, Rule]:
    """Return the rules that plugins bring, by code; those that cannot stand beside the others are left out.

    Args:
        plugins: The plugins in use.
        own: The program's own rules.
        taken: The program's own families.
    """
    found: dict[str, Rule] = {}
    names = {rule.name: "blueprint" for rule in own.values()}
    holders: dict[str, str] = {}
    for offer in plugins.of("rules"):
        before = set(RULES)
        try:
            module_of(offer)
        except BrokenOfferError as broken:
            plugins.blame(*broken.trouble)
            for code in set(RULES) - before:
                del RULES[code]
            continue
        for code, rule in sorted(RULES.items()):
            if code in found or rule.check.__module__.split(".")[0] != offer.package:
                continue
            holder = holders.setdefault(rule.family, offer.plugin)
            if rule.family in taken or holder != offer.plugin:
                who = "blueprint" if rule.family in taken else holder
                _blame(plugins, offer, code, f"the family {rule.family} belongs to {who}",
                       f"{rule.family} 系列属于 {who}")  # fmt: skip
            elif rule.name in names:
                _blame(plugins, offer, code, f"the name `{rule.name}` is taken by {names[rule.name]}",
                       f"名称 `{rule.name}` 已被 {names[rule.name]} 使用")  # fmt: skip
            else:
                names[rule.name] = offer.plugin
                found[code] = rule
    return found


def _blame(plugins: Plugins, offer: Offer, code: str, en: str, zh: str) -> None:
    plugins.blame(offer.plugin, f"its rule {code} is left out: {en}", f"其规则 {code} 已略去：{zh}")


def families(plugins: Plugins, known: Mapping[str, Rule]) -> dict[str, Message]:
    """Return what the families of plugins are about: as their modules say, else the plugin's name."""
    found: dict[str, Message] = {}
    for offer in plugins.of("rules"):
        for rule in known.values():
            if rule.check.__module__.split(".")[0] == offer.package:
                told = getattr(module_of(offer), "FAMILIES", {}).get(rule.family)
                found.setdefault(
                    rule.family, Message(*told) if told else Message(offer.plugin, offer.plugin)
                )
    return found


def troubles(plugins: Plugins, file: str, span: Range) -> tuple[Diagnostic, ...]:
    """Return what cannot be used of the plugins, as findings about the line that names them."""
    from blueprint.lint.book import load
    from blueprint.source.standards import plugin_playbooks

    load()  # Whether rules and playbooks can be used shows when they are read.
    plugin_playbooks()
    return tuple(
        Diagnostic(
            UNUSABLE[0],
            Severity.ERROR,
            Message(f"plugin `{trouble.plugin}`: {trouble.en}", f"插件 `{trouble.plugin}`：{trouble.zh}"),
            Message(
                "tell those who made it, or take it out of `plugins`; everything else goes on",
                "请告知插件作者，或从 `plugins` 中去掉它；其余一切照常",
            ),
            file,
            span,
            UNUSABLE[1],
            element=trouble.plugin,
        )
        for trouble in plugins.troubles
    )
