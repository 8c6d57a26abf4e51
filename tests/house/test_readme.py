from services.issuance.workflow import TRANSITIONS
from tests.house.source import ROOT

README = ROOT / "README.md"


def test_the_diagram_is_the_transition_table():
    arrows = [f"{a} --> {b}" for a, targets in TRANSITIONS.items() for b in targets]
    drawn = [line.strip() for line in README.read_text().splitlines() if "-->" in line]

    assert drawn == ["[*] --> draft", *arrows]
