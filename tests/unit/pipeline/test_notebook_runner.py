"""What varies between two runs of a notebook is removed."""

import nbformat

from analysis.pipeline.notebook_runner import INJECTED, _describe, _report_warnings, normalise


def executed(stamp):
    """Return a notebook as papermill leaves it, with all that depends on the moment and the machine."""
    injected = nbformat.v4.new_code_cell("seed = 1", id=f"x{stamp}", metadata={"tags": [INJECTED]})
    cell = nbformat.v4.new_code_cell(
        "print(seed)",
        id="1",
        metadata={
            "papermill": {"duration": stamp},
            "execution": {"iopub.execute_input": str(stamp)},
            "tags": ["keep"],
        },
        outputs=[
            nbformat.v4.new_output("stream", name="stdout", text="1\n"),
            nbformat.v4.new_output("stream", name="stderr", text=f"warning {stamp}"),
        ],
    )
    return nbformat.v4.new_notebook(cells=[injected, cell], metadata={"papermill": {"start_time": stamp}})


def test_two_runs_become_the_same_notebook_and_keep_what_counts():
    first, second = normalise(executed(1)), normalise(executed(2))
    assert nbformat.writes(first) == nbformat.writes(second)
    assert first.cells[1].metadata == {"tags": ["keep"]}
    assert [output.text for output in first.cells[1].outputs] == ["1\n"]


def test_what_is_printed_is_one_output_in_however_many_pieces_it_comes():
    def printed(*texts):
        outputs = [nbformat.v4.new_output("stream", name="stdout", text=text) for text in texts + texts]
        outputs.insert(len(texts), nbformat.v4.new_output("display_data", data={"text/plain": "a table"}))
        cell = nbformat.v4.new_code_cell("print(...)", id="1", outputs=outputs)
        return normalise(nbformat.v4.new_notebook(cells=[cell])).cells[0].outputs

    assert printed("one\n", "two\n") == printed("one\ntwo\n")
    assert [output.output_type for output in printed("one\n", "two\n")] == ["stream", "display_data", "stream"]


class Failure:
    """A failed cell as papermill reports it."""

    exec_count, ename, evalue = 3, "ValueError", "cannot parse 'bel 06-12345678'"
    source = "x"
    traceback = (
        'File "/a/site/analysis/survey/intake.py:12", in read',
        "ValueError: cannot parse 'bel 06-12345678'",
    )


def test_a_failure_on_real_answers_names_the_place_and_no_value(tmp_path):
    open_message = _describe(tmp_path / "04_status.ipynb", Failure, confidential=False)
    assert "06-12345678" in open_message
    message = _describe(tmp_path / "04_status.ipynb", Failure, confidential=True)
    assert "06-12345678" not in message
    assert "notebooks/04_status.ipynb, cell [3]: ValueError at survey/intake.py:12" in message


def test_a_warning_on_real_answers_is_announced_and_not_quoted(tmp_path, capsys):
    _report_warnings(tmp_path / "04_status.ipynb", executed(1), confidential=True)
    assert capsys.readouterr().err == "04_status, cell [None]: a warning; open the notebook to read it\n"
