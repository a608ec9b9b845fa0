"""The grammar engine: the closed set of rule kinds, strict loading, the only place that compiles patterns."""
