"""`python -m confparse` is `confparse`."""

from confparse.cli import main

main()
