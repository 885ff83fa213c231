"""The command `agreements`; also `python -m agreements`."""

from agreements.commands import main

if __name__ == "__main__":
    main()
