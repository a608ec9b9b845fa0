"""The command line: options in, one call of the library, an exit code out."""
