"""The program's door: `blueprint` and `python -m blueprint`."""

import sys


def main() -> None:
    """Run the program; Ctrl-C ends it without a traceback even while it is still being loaded."""
    try:
        from blueprint.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
