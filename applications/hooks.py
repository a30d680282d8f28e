"""What others hang on the applicant's side. Each registry is a list of functions; registering twice is harmless.

on_call(fn)         fn(stage, actor)            the call went out (publicity makes its notice)
on_call_check(fn)   fn(stage) -> [Blocker]      what the call still waits for
on_filed(fn)        fn(application, actor)      an application is being filed, inside its transaction, before it goes on
on_gaps(fn)         fn(application) -> [Gap]    something else is missing before filing (a body to be chosen)
on_extended(fn)     fn(extension, actor)        applications may be filed later (publicity makes its notice)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

call: list[Callable[..., Any]] = []
call_checks: list[Callable[..., Any]] = []
filed: list[Callable[..., Any]] = []
gaps: list[Callable[..., Any]] = []
extended: list[Callable[..., Any]] = []


def _adder(registry: list[Callable[..., Any]]) -> Callable[[F], F]:
    def add(function: F) -> F:
        if function not in registry:
            registry.append(function)
        return function

    return add


on_call = _adder(call)
on_call_check = _adder(call_checks)
on_filed = _adder(filed)
on_gaps = _adder(gaps)
on_extended = _adder(extended)
