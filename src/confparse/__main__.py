"""`python -m confparse` is `confparse`."""

from confparse.cli.main import main

main()
