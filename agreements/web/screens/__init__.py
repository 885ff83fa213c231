"""The screens of the workbench: one module each, with a `SCREEN`; docs/extending.md says how one is added."""

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from agreements.web.screen import Screen, ScreenRoute


@cache
def screens() -> tuple[Screen, ...]:
    """Return the screens of all modules of this folder, in the order of the rail."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return tuple(sorted((import_module(f"{__name__}.{name}").SCREEN for name in names), key=lambda s: s.order))


def all_routes() -> Iterator[ScreenRoute]:
    """Yield the routes of all screens, words before parameters, so that `/a/{id}/source` is no path of a provision."""
    every = (route for screen in screens() for route in screen.routes)
    yield from sorted(every, key=lambda route: [part.startswith("{") for part in route.path.split("/")])
