"""Values as they stand in one line: keys, texts with and without quotes, lists and mappings in brackets."""

from __future__ import annotations

from blueprint.source.order import Order
from blueprint.source.quoting import can_be_plain, is_word, quoted
from blueprint.source.written import Entry, Written


def name_of(entry: Entry) -> str:
    """Return the key of an entry; empty for an item of a list."""
    return entry.key.value if entry.key is not None else ""


def key_text(key: Written | None) -> str:
    """Write a key, without the colon."""
    if key is None:
        return ""
    if key.style in ("'", '"', "|", ">"):
        plain = can_be_plain(key.value, in_brackets=True) and len(key.value) < 100
        return with_properties(key, key.value if plain else quoted(key.value))
    return with_properties(key, key.value)


def with_properties(node: Written, text: str) -> str:
    """Put a value's anchor and tag before its text."""
    return f"{node.properties} {text}".rstrip() if node.properties else text


def plain_or_quoted(value: Written, *, in_brackets: bool, keeps_quotes: bool) -> str:
    """Write a text in one line."""
    text = value.value
    if not value.style:
        return with_properties(value, quoted(text) if "\n" in text else text)
    can = can_be_plain(text, in_brackets=in_brackets)
    if not can or keeps_quotes or value.properties:
        return with_properties(value, quoted(text))
    return text


def keeps_quotes_in(node: Written, order: Order, *, in_brackets: bool) -> bool:
    """Whether texts of a list or mapping keep their quotes though some could do without.

    Texts that stand side by side look alike: the items of a list, a text's languages. Between brackets
    quotes also tell where a text ends, so there only single words are written without.
    """
    texts = [entry.value for entry in node.entries if entry.value.kind == "scalar" and entry.value.style]
    if in_brackets and all(entry.value.kind in ("scalar", "alias") for entry in node.entries):
        return not all(is_word(text.value) for text in texts)
    if node.kind == "map" and order.is_element:
        return False
    return not all(can_be_plain(text.value, in_brackets=in_brackets) for text in texts)


def in_line(node: Written, order: Order | None = None) -> str | None:
    """Return a value in brackets in one line; None where a comment stands in it.

    Its keys stand in the order given, as they came where there is none.
    """
    if node.kind == "alias":
        return f"*{node.value}"
    if node.kind == "scalar":
        return plain_or_quoted(
            node, in_brackets=True, keeps_quotes=bool(node.style) and not is_word(node.value)
        )
    if node.tail or not node.flow:
        return None
    parts = []
    keeps_quotes = keeps_quotes_in(node, Order(()), in_brackets=True)
    entries = node.entries
    if order is not None and node.kind == "map":
        entries = [entries[at] for at in order.sorted(name_of(entry) for entry in entries)]
    for entry in entries:
        if entry.before or entry.beside or entry.head:
            return None
        if entry.value.kind == "scalar":
            value: str | None = plain_or_quoted(
                entry.value,
                in_brackets=True,
                keeps_quotes=keeps_quotes or (bool(entry.value.style) and not is_word(entry.value.value)),
            )
        else:
            below = None if order is None else order.below(name_of(entry) if node.kind == "map" else 0)
            value = in_line(entry.value, below)
        if value is None:
            return None
        if entry.key is None:
            parts.append(value)
        else:
            # libyaml does not read `{a:}`; a key alone says the same.
            parts.append(f"{key_text(entry.key)}: {value}" if value else key_text(entry.key))
    left, right = ("{", "}") if node.kind == "map" else ("[", "]")
    return with_properties(node, left + ", ".join(parts) + right)
