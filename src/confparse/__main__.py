"""`python -m confparse` is `confparse`."""

from confparse.start import main

main()
