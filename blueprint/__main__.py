"""The program's door: `blueprint` and `python -m blueprint`."""

import os
import sys


def main() -> None:
    """Run the program; Ctrl-C ends it without a traceback even while it is still being loaded."""
    # What is checked must not depend on what else is installed, and looking for it takes 7 ms of each run.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from blueprint.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
