"""Where the patient comes from. Each source yields `PatientContext`s; nobody is armed by looking."""
