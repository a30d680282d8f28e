"""Pages of notices and objections; the public site."""
