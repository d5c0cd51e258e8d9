"""What is installed is locked with hashes, listed with its licence, and described in a bill of materials."""

import importlib.util
import json
import tomllib
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]


@pytest.fixture(scope="module")
def supply_chain():
    spec = importlib.util.spec_from_file_location("supply_chain", Path(__file__).with_name("supply_chain.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def listed():
    """Return version and licence by package as the page lists them."""
    lines = (ROOT / "docs/licences.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {name: (version, licence) for name, version, licence in rows[1:]}


def test_every_file_in_the_lock_has_a_hash():
    files = [file for package in LOCK for file in [*package.get("wheels", []), package.get("sdist")] if file]
    assert len(files) > 1000
    assert all(file["hash"].startswith("sha256:") for file in files)
    assert all(
        package["source"] in ({"registry": "https://pypi.org/simple"}, {"editable": "."}) for package in LOCK
    )


def test_the_page_lists_what_the_lock_holds(listed, figure):
    locked = {package["name"]: package["version"] for package in LOCK if "registry" in package["source"]}
    assert {name: version for name, (version, _) in listed.items()} == locked, "run make lock"
    figure("packages", len(locked))


def test_every_licence_is_known_and_permissive_or_explained(supply_chain, listed):
    odd = {name for name, (_, licence) in listed.items() if not licence or not supply_chain.is_permissive(licence)}
    assert odd == set(supply_chain.EXPLAINED)


@pytest.mark.parametrize(
    ("expression", "permissive"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT OR GPL-3.0-only) AND GPL-3.0-only", False),
        ("(MIT OR GPL-3.0-only) AND (BSD-3-Clause OR LGPL-2.1-or-later)", True),
        ("GPL-2.0-only WITH GCC-exception-2.0", False),
        ("LicenseRef-BSD AND ZPL-2.1", True),
    ],
)
def test_a_licence_with_choices_is_read_as_it_is_meant(supply_chain, expression, permissive):
    assert supply_chain.is_permissive(expression) == permissive


def test_the_licences_are_those_of_the_installed_packages(supply_chain, listed):
    known = supply_chain.licences()
    assert {name for name, (_, licence) in listed.items() if known.get(name, licence) != licence} == set()


def test_the_bill_of_materials_is_that_of_the_lock(supply_chain):
    assert (ROOT / supply_chain.BILL).read_text(encoding="utf-8") == supply_chain.make()[supply_chain.BILL]
    bill = json.loads((ROOT / supply_chain.BILL).read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert {canonicalize_name(one["name"]) for one in bill["components"]} <= {one["name"] for one in LOCK}


def test_the_bill_of_materials_fits_the_schema_of_cyclonedx(supply_chain):
    text = (ROOT / supply_chain.BILL).read_text(encoding="utf-8")
    schema = JsonStrictValidator(SchemaVersion.V1_5)
    assert schema.validate_str(text) is None
    assert schema.validate_str(text.replace('"purl"', '"pearl"')), "the schema refuses an unknown key"
