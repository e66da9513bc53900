"""One module a kind of summary: its encoder and its decoder side by side."""
