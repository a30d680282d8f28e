"""What the office head and the operator do to their own jurisdiction: calendar, bodies, people, the office's data."""
