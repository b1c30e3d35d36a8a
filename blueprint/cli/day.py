"""Which day it is: as somebody says, else as the build says, else as the machine says."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from blueprint.cli.speech import MisusedError, RefusedError

EPOCH = "SOURCE_DATE_EPOCH"


def day_of(today: str | None = None) -> date:
    """Return the day of a run: `--today`, else SOURCE_DATE_EPOCH (in UTC), else the system's date.

    Raises:
        MisusedError: `--today` is no day.
        RefusedError: SOURCE_DATE_EPOCH is no number of seconds.
    """
    if today is not None:
        try:
            return date.fromisoformat(today)
        except ValueError:
            raise MisusedError(
                f"--today {today} is no day; write it as year-month-day, such as 2027-03-31",
                f"--today {today} 不是日期；请写成 年-月-日，例如 2027-03-31",
            ) from None
    seconds = os.environ.get(EPOCH)
    if not seconds:
        return date.today()
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise RefusedError(
            f"{EPOCH} is `{seconds}`; it must be a number of seconds since 1970",
            f"{EPOCH} 是 `{seconds}`；应为自 1970 年起的秒数",
        ) from None
