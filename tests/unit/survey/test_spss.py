"""An SPSS file that is cut off is refused."""

import pandas as pd
import pyreadstat
import pytest

from analysis.errors import InputError
from analysis.survey.intake import read_export


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_an_spss_file_that_is_cut_off(tmp_path, instrument, mapping, reaction, share):
    path = tmp_path / "export.sav"
    pyreadstat.write_sav(pd.DataFrame([reaction(1), reaction(2)], dtype="str"), str(path))
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(InputError, match="damaged or cut off"):
        read_export(path, instrument, mapping)
