"""The numbers that decide: a small case for each, by phase."""
