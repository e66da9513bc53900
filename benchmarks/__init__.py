"""cellboard beside its peers, in one run, printed as ratios: ``python -m benchmarks``."""
