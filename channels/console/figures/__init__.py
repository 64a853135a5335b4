"""How many, where, how well: counts of turns, with charts, tables and CSV."""
