"""Measures: each main page's time as a multiple of a bare 50-row Django page on the same database, in one run."""
