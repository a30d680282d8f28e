from django.http import HttpRequest, HttpResponse


def key(request: HttpRequest, code: str, pk: int, **k) -> HttpResponse: ...


def unseal(request: HttpRequest, code: str, pk: int, **k) -> HttpResponse: ...


def sign(request: HttpRequest, code: str, pk: int, **k) -> HttpResponse: ...
