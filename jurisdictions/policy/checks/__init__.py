"""Cross-checks of a policy: what types alone cannot see. Each is a function from a policy to its problems."""
