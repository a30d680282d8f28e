"""Arithmetic of reviews: pure functions over Decimals, no database, no clock."""
