"""A run: planned, played call by call within its budget, and kept in a folder that only grows."""
