"""How a command of this project is written for who reads it."""

COMMAND = ".venv/bin/python -m analysis"
"""It works in the folder of the project with nothing activated, and pages are the same on every machine."""
