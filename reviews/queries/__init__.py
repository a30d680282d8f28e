"""Reads of reviews: each the only source of its pages."""
