"""One file per command: each reads as a list of steps that ask, decide and write."""
