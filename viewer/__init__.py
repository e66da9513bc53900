"""The viewer process: HTTP API, the registry of running viewers, how one is launched.

How the parts fit: :mod:`.options` says what a viewer is asked to do; :mod:`.launch` starts one in the background and
waits until it answers; inside that process :mod:`.serve` binds the port (:mod:`.ports`), writes a record
(:mod:`.registry`) and runs the HTTP server (:mod:`.server`), whose handlers (:mod:`.routes`) pass the gate of
:mod:`.access` and read the logs through :mod:`.store`.
"""
