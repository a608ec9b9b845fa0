"""Where the data that comes with the program is: the folder of the package `confparse.grammars`."""

from functools import cache
from importlib import import_module
from pathlib import Path


@cache
def grammars() -> Path:
    """The folder that holds the shipped grammars, the catalogue of codes and the messages."""
    return Path(str(import_module("confparse.grammars").__file__)).parent
