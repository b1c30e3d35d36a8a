from blueprint.lint.engine import check_document
from blueprint.lint.selection import Settings
from blueprint.source.document import read_document
from blueprint.source.text import Source

FIRST = """\
journey: buy-a-ticket
stages:
  - stage: plan
    touchpoints:
      - {id: search, title: Looks for a train, kinds: [first], emotion: 0}
      - {id: choose, title: Picks a fare, emotion: -1}
  - stage: travel
    touchpoints:
      - {id: board, title: Boards with a QR code, kinds: [high-perception], emotion: 2}
      - {id: arrive, title: Arrives on time, kinds: [end], emotion: 1}
"""


def check(text: str, *select: str, **settings: object) -> list[str]:
    document = read_document(Source("a.yaml", text))
    found = check_document(document, None, Settings(select=select, **settings))  # type: ignore[arg-type]
    return [d.code for d in found]


def test_a_first_journey_of_ten_lines_passes_without_a_word() -> None:
    assert check(FIRST) == []
