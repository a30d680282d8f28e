"""Tests in a real browser, as the people who use the site."""
