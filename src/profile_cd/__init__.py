"""Keeps the deployments that a Git repository describes up to date."""

__version__ = "0.1.0"
