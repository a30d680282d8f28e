"""The site's addresses plus the baseline page."""

from django.urls import path

from bench.baseline import bare
from config.urls import urlpatterns as site

urlpatterns = [path("bench/bare/", bare), *site]
