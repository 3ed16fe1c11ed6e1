"""What is spoiled in the other tests passes as it is: else they would prove nothing."""

import json

from scvalid.cli import main


def test_nothing_speaks_against_the_sound_submission(lab, capsys):
    assert main(["check", str(lab.write()), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["status"], found["faults"]) == ("passed", [])
    assert [claim["outlook"] for claim in found["claims"]] == ["decidable"]
    assert [file["n_cells"] for file in found["files"]] == [40] * 6
