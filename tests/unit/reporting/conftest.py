"""Tables as the figures take them, and a page taken apart."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pandas as pd
import pytest

VOID = {"meta", "br", "hr", "img", "input", "link", "base", "col", "wbr", "source"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    parents: tuple[str, ...]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """Elements of a page in order, each with its own and its descendants' text."""

    elements: list[Element] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        parents = tuple(element.tag for element in self._open)
        element = Element(tag, dict(attrs), parents)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs), tuple(element.tag for element in self._open)))

    def handle_endtag(self, tag):
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data):
        for element in self._open:
            element.text += data

    def close(self):
        super().close()
        assert not self._open, f"not closed: {[element.tag for element in self._open]}"

    def all(self, *tags):
        return [element for element in self.elements if element.tag in tags]


@pytest.fixture
def take_apart():
    def parse(html):
        page = Page()
        page.feed(html)
        page.close()
        return page

    return parse


@pytest.fixture
def single():
    """Figure 2 as published: 42, 28, 44, 26 of 153 and 13 without a plan; one option that nobody chose."""
    counts = [42, 28, 44, 26, 4, 6, 0, 3]
    table = pd.DataFrame(
        {
            "option": list("abcdefgh"),
            "label": [
                "aanpak ingevoerd, werkt aan borging",
                "plannen worden ingevoerd",
                "plan wordt uitgewerkt",
                "verkenning",
                "bewust van het thema, plan nog niet gestart",
                "bewust van het thema, nog geen actie",
                "kiest ervoor niets te doen",
                "geen aandacht",
            ],
            "n": 153,
            "count": counts,
            "printed_pct": [28, 18, 29, 17, 3, 4, 0, 2],
        }
    )
    table["share"] = table["count"] / 153
    table["ci_low"] = (table["share"] - 0.06).clip(0)
    table["ci_high"] = table["share"] + 0.07
    return table


@pytest.fixture
def multi(single):
    return single.drop(columns="printed_pct").assign(share=single["count"] / 153)


@pytest.fixture
def grid():
    items = {
        "q23a": ("de-escalatie is het uitgangspunt bij gesprekken met ouders", [80, 45, 10, 5]),
        "q23b": ("de stem van het kind staat centraal", [100, 30, 10, 0]),
        "q23c": ("een gezamenlijke werkwijze", [0, 0, 0, 140]),
    }
    scale = ["altijd", "soms", "zelden", "nooit"]
    frames = [
        pd.DataFrame(
            {"item": item, "item_label": label, "option": scale, "label": scale, "n": 140, "count": counts}
        )
        for item, (label, counts) in items.items()
    ]
    table = pd.concat(frames, ignore_index=True)
    return table.assign(share=table["count"] / 140)


@pytest.fixture
def groups(single):
    classes = [("d", "minder dan 50.000", 98), ("c", "50.000 tot 100.000", 33), ("ab", "100.000 en meer", 22)]
    frames = [
        single.drop(columns="printed_pct").assign(
            group=group, group_label=label, n=n, count=(single["share"] * n).round()
        )
        for group, label, n in classes
    ]
    return pd.concat(frames, ignore_index=True)


@pytest.fixture
def pairs():
    return pd.DataFrame(
        {
            "label": [
                "aanpak ingevoerd",
                "plannen worden ingevoerd in samenwerking met de regio",
                "geen aandacht",
            ],
            "old": [0.18, 0.25, float("nan")],
            "new": [0.28, 0.18, 0.0],
            "ci_low": [0.22, 0.13, 0.0],
            "ci_high": [0.35, 0.24, 0.03],
        }
    )


@pytest.fixture
def flow():
    return pd.DataFrame(
        {
            "label": [
                "reacties ontvangen",
                "volledige en bruikbare reacties",
                "reacties met een bekende provincie",
            ],
            "n": [233, 153, 146],
            "reason": [None, "onvolledig, dubbel of alleen een proef van de onderzoekers zelf", "anoniem"],
        }
    )


@pytest.fixture
def provinces():
    names = ["Drenthe", "Flevoland", "Friesland", "Gelderland", "Groningen", "Limburg", "Noord-Brabant"]
    names += ["Noord-Holland", "Overijssel", "Utrecht", "Zeeland", "Zuid-Holland"]
    table = pd.DataFrame({"label": names, "n": [12, 6, 18, 51, 10, 31, 56, 44, 25, 26, 13, 50]})
    table["count"] = [6, 3, 9, 24, 5, 10, 22, 16, 15, 12, 4, 20]
    return table.assign(share=table["count"] / table["n"])
