"""Are edited: one file per kind of target; text in, text out."""
