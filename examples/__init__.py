"""Notebooks to start from."""
