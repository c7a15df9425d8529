"""Are asked: one file per kind of source that a manifest can name."""
