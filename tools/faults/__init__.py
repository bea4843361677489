"""Faults on purpose: of cables (`proxy`), sessions (`runs`), bytes (`fuzz`) and code (`mutants`)."""
