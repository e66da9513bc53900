"""Event logs: write them, scan them, hold them as runs and series."""
