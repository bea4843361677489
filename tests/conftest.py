"""For every test."""

from hypothesis import HealthCheck, settings

# nothing here is judged by a wall clock: a loaded machine is no failure
settings.register_profile("oralcam", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("oralcam")

pytest_plugins = ["pytester", "tests.photographs"]
