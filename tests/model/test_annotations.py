"""Models are defined at every start, so their annotations are evaluated in place and not from text."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

from pydantic import BaseModel

from blueprint import model


def test_no_model_keeps_its_annotations_as_text() -> None:
    # pydantic compiles annotations kept as text one by one: a fifth of the time it takes to define them.
    modules = [
        import_module(f"{model.__name__}.{module.name}") for module in pkgutil.iter_modules(model.__path__)
    ]
    models = [
        found
        for module in modules
        for found in vars(module).values()
        if inspect.isclass(found) and issubclass(found, BaseModel) and found.__module__ == module.__name__
    ]
    assert len(models) > 50
    late = [
        f"{found.__module__}.{found.__name__}"
        for found in models
        if any(isinstance(annotation, str) for annotation in found.__annotations__.values())
    ]
    assert late == []
