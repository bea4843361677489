"""Where the patient comes from. Each source yields `PatientContext`s; looking arms nobody.

Modules without `__all__` are internal.
"""
