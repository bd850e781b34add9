"""`python -m timeline` is the command."""

from timeline.cli import main

if __name__ == "__main__":
    main()
