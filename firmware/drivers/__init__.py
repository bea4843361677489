"""Chips and pins of probe heads. A board hands in its bus and its pins; nothing here knows which board."""
