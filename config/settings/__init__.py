"""One short base and thin layers on it: embedded (make run), test, production."""
