"""Touch the world: everything that is asked over a wire, read from a disk or written anywhere."""
