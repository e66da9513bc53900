"""Inline renderers: ipywidgets and bqplot, nothing else in the page."""
