"""The acts of the sandbox: each file is one, with a `main(words)` that returns the exit code."""
