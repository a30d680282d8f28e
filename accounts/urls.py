"""Addresses of the demo's sign-in; everything else about signing in is allauth's."""

from django.urls import path

from accounts import demo

app_name = "accounts"

urlpatterns = [
    path("enter/", demo.page, name="demo"),
    path("enter/<int:pk>/", demo.enter, name="demo_enter"),
]
