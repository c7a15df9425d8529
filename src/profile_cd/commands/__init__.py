"""One story per command: ask, decide, write."""
