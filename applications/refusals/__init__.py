"""Sentences of what is refused: why, and what to do next."""
