"""Messages and the workers' inventory agree both ways: what is posted is handled, and what is handled is posted."""

import pkgutil
from dataclasses import is_dataclass
from importlib import import_module
from typing import Any

import maatwerk
from maatwerk.timers.ticking import HANDLER
from workers.inventory import INNER, OUTER


def messages() -> list[Any]:
    """Every message class of every feature."""
    modules = [
        import_module(module.name)
        for module in pkgutil.walk_packages(maatwerk.__path__, "maatwerk.")
        if module.name.endswith(".messages")
    ]
    found = [item for module in modules for item in vars(module).values() if isinstance(item, type)]
    return [item for item in found if is_dataclass(item) and hasattr(item, "handlers")]


def named() -> set[str]:
    return {handler for message in messages() for handler in message.handlers} | {HANDLER}


def test_every_handler_that_a_message_names_is_bound() -> None:
    assert named() - (INNER.keys() | OUTER.keys()) == set()


def test_every_bound_handler_is_named_by_a_message() -> None:
    assert (INNER.keys() | OUTER.keys()) - named() == set()


def test_a_handler_is_bound_once() -> None:
    assert INNER.keys() & OUTER.keys() == set()


def test_a_message_is_frozen() -> None:
    assert [item for item in messages() if not item.__dataclass_params__.frozen] == []
