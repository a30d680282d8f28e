"""Administration pages of a jurisdiction."""
