"""Where the patient comes from. Each source yields `PatientContext`s; nobody is armed by looking.

Modules without `__all__` are internal.
"""
