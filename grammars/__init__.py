"""The grammars that ship with confparse: data only."""
