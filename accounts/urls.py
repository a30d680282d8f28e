"""Addresses of the profile and the demo's sign-in; everything else about signing in is allauth's."""

from django.urls import path

from accounts import demo, views

app_name = "accounts"

urlpatterns = [
    path("profile/", views.mine, name="profile"),
    path("enter/", demo.page, name="demo"),
    path("enter/<int:pk>/", demo.enter, name="demo_enter"),
]
