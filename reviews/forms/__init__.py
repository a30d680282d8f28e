"""Forms of reviews: they read what was typed; the domain decides."""
