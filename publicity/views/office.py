from django.http import HttpRequest, HttpResponse


def stage(request: HttpRequest, **k) -> HttpResponse: ...


def publish(request: HttpRequest, **k) -> HttpResponse: ...


def report(request: HttpRequest, **k) -> HttpResponse: ...
