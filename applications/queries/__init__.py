"""Reads of the pages: a constant number of queries each."""
