"""``docs/trust.md``: a text, and the figures that the checks wrote."""

import re
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/trust.md"
FIGURES = Path(__file__).with_name("figures.yaml")
TEXT = Path(__file__).with_name("trust.md")


def read_figures():
    """Return what the checks counted, by name."""
    return YAML(typ="safe").load(FIGURES.read_text(encoding="utf-8"))


def render(figures):
    """Return the document: the text with each name in braces replaced by its figure."""
    text = TEXT.read_text(encoding="utf-8")
    for name, value in figures.items():
        text = text.replace(f"{{{name}}}", value if isinstance(value, str) else f"{value:,}")
    return text


def names():
    """Return which figures the text names."""
    return set(re.findall(r"\{(\w+)\}", TEXT.read_text(encoding="utf-8")))


def record(counted):
    """Put figures in the place of those that the same checks wrote before, and write the document."""
    figures = read_figures() | counted
    figures = {name: figures[name] for name in sorted(names() & set(figures))}
    writer = YAML()
    with FIGURES.open("w", encoding="utf-8") as stream:
        stream.write("# Written by the checks (make trust); do not edit.\n")
        writer.dump(figures, stream)
    DOCUMENT.write_text(render(figures), encoding="utf-8")
