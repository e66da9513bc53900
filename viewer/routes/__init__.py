"""The viewer's HTTP API, one module a dashboard."""
