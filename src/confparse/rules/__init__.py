"""The grammar engine: the closed set of rule kinds, strict loading, patterns compiled, tried and timed."""
