"""A small world on loopback that speaks the real protocols; never shipped in the image."""
