"""When a house is open."""

from typing import Annotated

from pydantic import Field

from blueprint.model.values import Day, Element

TIME_PATTERN = r"^([01]\d|2[0-3]):[0-5]\d$"


class Hours(Element):
    """When the house is open."""

    opens: Annotated[str, Field(pattern=TIME_PATTERN)]
    """From when on, such as 09:00."""
    closes: Annotated[str, Field(pattern=TIME_PATTERN)]
    """Until when, such as 18:00; over midnight where that is earlier, all day where it is the same."""
    days: Annotated[int, Field(strict=True, ge=1, le=7)] = 5
    """How many days a week, from Monday on."""
    holidays: tuple[Day, ...] = ()
    """Days on which it does not open."""
