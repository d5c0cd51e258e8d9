"""An SPSS file that is damaged or cut off is refused."""

import pandas as pd
import pyreadstat
import pytest

from analysis.errors import InputError
from analysis.survey.intake import read_export

FIRST_WIDTH = 180  # place of the width of the first variable in a system file


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_an_spss_file_that_is_cut_off(tmp_path, instrument, mapping, reaction, share):
    path = tmp_path / "export.sav"
    pyreadstat.write_sav(pd.DataFrame([reaction(1), reaction(2)], dtype="str"), str(path))
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(InputError, match="damaged or cut off"):
        read_export(path, instrument, mapping)


def test_damage_that_kills_a_process_is_refused(tmp_path, instrument, mapping):
    path = tmp_path / "export.sav"
    table = pd.DataFrame({"a": [1.0, 2.0], "b": pd.to_datetime(["2025-01-01", "2025-02-02"]), "c": ["x", "é"]})
    pyreadstat.write_sav(table, str(path), variable_value_labels={"a": {1.0: "one", 2.0: "two"}})
    content = bytearray(path.read_bytes())
    content[FIRST_WIDTH : FIRST_WIDTH + 4] = (0x4400).to_bytes(4, "little")  # the first variable holds numbers
    path.write_bytes(content)
    with pytest.raises(InputError, match="damaged or cut off"):
        read_export(path, instrument, mapping)
