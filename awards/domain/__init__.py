"""What people do here: each function takes an actor, checks authority, locks, writes, logs."""
