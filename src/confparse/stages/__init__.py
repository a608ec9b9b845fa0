"""The stages: each a function of its input and the grammar. They never import one another."""
