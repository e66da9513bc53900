"""The viewer process: HTTP API, the registry of running viewers, how one is launched."""
