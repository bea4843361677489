"""Faults on purpose: of cables (`proxy`), power (`power_cuts`), sessions (`runs`), bytes (`fuzz`) and code
(`mutants`)."""
