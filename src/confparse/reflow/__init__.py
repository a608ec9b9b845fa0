"""Series to Blocks: line boundaries decided, and the pieces of lines put together."""
