"""Settings that all tests share."""

import os

from hypothesis import HealthCheck, settings

#: Benchmarks need other systems; they have a command of their own.
collect_ignore_glob = ["benchmarks/*"]

# Derandomised, so that a run can be repeated; "nightly" draws afresh, and much more.
settings.register_profile("dev", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("SYMKL_HYPOTHESIS", "dev"))
