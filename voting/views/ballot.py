from django.http import HttpRequest, HttpResponse


def ballot(request: HttpRequest, code: str, pk: int, **k) -> HttpResponse: ...


def undertake(request: HttpRequest, code: str, pk: int, **k) -> HttpResponse: ...


def step_aside(request: HttpRequest, code: str, pk: int, **k) -> HttpResponse: ...
