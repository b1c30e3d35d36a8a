"""Ways on: how `next`, `entry` and the like are written, and where they lead."""

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Discriminator, Field, Tag

from blueprint.model.values import Element, Id, Loc, Share, Text


class RouteSpec(Element):
    """One way on: how often, and when."""

    p: (
        Annotated[
            Annotated[Share, Tag("share")] | Annotated[Literal["rest"], Tag("rest")],
            Discriminator(lambda written: "rest" if written == "rest" else "share"),
        ]
        | None
    ) = None
    """The share of visits that go this way; `rest` takes what is left."""
    when: Text | None = None
    """The condition, in words."""
    carries: tuple[Text, ...] = ()
    """What is known on arrival, so that the customer need not say it again."""


def _route(written: Any) -> Any:
    return written if isinstance(written, (dict, RouteSpec)) else {"p": written}


Exits = dict[
    Id,
    Annotated[
        RouteSpec, BeforeValidator(_route, json_schema_input_type=Share | Literal["rest"] | RouteSpec)
    ],
]


def shape_of_next(written: Any) -> str:
    """Tell the three ways to write `next` (and `entry`) apart."""
    if isinstance(written, (list, tuple)):
        return "list"
    return "mapping" if isinstance(written, dict) else "one"


Next = Annotated[
    Annotated[Id, Tag("one")]
    | Annotated[tuple[Id, ...], Field(min_length=1), Tag("list")]
    | Annotated[Exits, Field(min_length=1), Tag("mapping")],
    Discriminator(shape_of_next),
]


class Route(NamedTuple):
    """One way on from a touchpoint, resolved."""

    target: str
    """A touchpoint id or an outcome."""
    share: float
    """In [0, 1]; NaN never."""
    when: Text | None
    assumed: bool
    """The share was not written by anyone: equal shares were assumed."""
    loc: Loc
    """Where it is written: the path to the key, or to the touchpoint where `next` was left out."""


def resolve_exits(written: str | tuple[str, ...] | dict[str, RouteSpec], loc: Loc) -> tuple[Route, ...]:
    """Turn the three ways to write `next` into routes.

    `rest` takes what the other shares leave (never less than 0). Where no share is written at all,
    shares are equal and marked assumed; a missing share beside written ones also takes the rest.
    """
    if isinstance(written, str):
        return (Route(written, 1.0, None, False, loc),)
    if isinstance(written, tuple):
        equal = 1 / len(written)
        return tuple(
            Route(target, equal, None, len(written) > 1, (*loc, at)) for at, target in enumerate(written)
        )
    given = {t: spec.p for t, spec in written.items() if isinstance(spec.p, float)}
    open_ = [t for t, spec in written.items() if not isinstance(spec.p, float)]
    left = max(0.0, 1 - sum(given.values())) / len(open_) if open_ else 0.0
    guessed = {t for t in open_ if written[t].p is None} if len(open_) > 1 else set()
    return tuple(
        Route(t, given.get(t, left), spec.when, t in guessed, (*loc, t)) for t, spec in written.items()
    )
