"""Run the command line from a checkout: `python cli.py ...` is the same as `agreements ...`."""

from agreements.commands import main

if __name__ == "__main__":
    main()
