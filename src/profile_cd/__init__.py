"""Keeps the deployments that a Git repository describes up to date."""
