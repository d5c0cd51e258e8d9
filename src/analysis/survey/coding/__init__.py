"""Coding of open answers: codeframes, the workbooks in which people code, the files that keep their codes."""
