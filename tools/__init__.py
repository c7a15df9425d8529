"""What maintainers run: the schema, the README's tables, and the cuts of GitHub's own descriptions."""
