"""GitHub's REST interface: a file for each of its chapters, and the shapes that they answer in."""
