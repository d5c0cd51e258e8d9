"""Write what is installed: ``docs/licences.md``, and the CycloneDX bill of materials ``docs/sbom.cdx.json``.

Called by ``make lock``. Names, versions and hashes are those of ``uv.lock``; licences are what the installed
packages say of themselves, and for packages that only other systems install what is written here.
"""

import json
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

from license_expression import LicenseWithExceptionSymbol, get_spdx_licensing
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
BILL = "docs/sbom.cdx.json"
LICENCES = "docs/licences.md"
EXPORT = [sys.executable, "-m", "uv", "export", "--quiet", "--frozen", "--offline", "--all-groups", "--preview"]
FREE_TEXT = {
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "LicenseRef-BSD",
    "bsd license": "LicenseRef-BSD",
    "gnu lesser general public license v2 or later (lgplv2+)": "LGPL-2.1-or-later",
    "lgpl": "LGPL-2.1-or-later",
    "gplv2 with linking exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "gnu general public license v2 (gplv2)": "GPL-2.0-only",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "zope public license": "ZPL-2.1",
}
STATED_ELSEWHERE = {
    "appnope": "BSD-2-Clause",
    "colorama": "BSD-3-Clause",
    "pywin32": "PSF-2.0",
    "pywinpty": "MIT",
    "svy-rs": "MIT",
}
"""Packages without a statement, or not installed on Linux: from their repositories."""
PERMISSIVE = frozenset(
    (
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU"),
        *("MPL-2.0", "PSF-2.0", "Unlicense", "ZPL-2.1", "Zlib", "LicenseRef-BSD"),
    )
)
"""May be used, changed and handed on; the last one is a BSD licence of which the package does not say which."""
EXPLAINED = {
    "krippendorff": "GPL: measures the agreement of coders. It is installed beside this project, unchanged, and "
    "nothing of it is copied or handed on with the code",
    "asyncssh": "EPL or GPL: part of DVC, for data on servers; no stage does that",
    "python-stdnum": "LGPL: checks the form of numbers; imported unchanged, and not handed on",
    "pygit2": "GPL with an exception for linking: part of DVC, which calls it",
    "grandalf": "GPL or EPL: part of DVC, which draws graphs with it; no stage does",
}


def licence_of(metadata):
    """Return the SPDX expression of what a package says of itself, or nothing."""
    stated = [metadata.get("License-Expression")]
    classifiers = metadata.get_all("Classifier") or []
    stated += [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    stated += (metadata.get("License") or "").strip().splitlines()[:1]
    for text in filter(None, stated):
        try:
            return canonicalize_license_expression(FREE_TEXT.get(text.casefold(), text))
        except InvalidLicenseExpression:
            continue
    return None


def licences():
    """Return the licence of each package by name."""
    found = {}
    for distribution in distributions():
        name = canonicalize_name(distribution.metadata["Name"])
        found[name] = licence_of(distribution.metadata) or STATED_ELSEWHERE.get(name)
    return STATED_ELSEWHERE | found


def bill(exported, known):
    """Return the bill of materials without what differs between two exports of one lock, and with licences.

    Components are called by their address, not by a number that moves when a package before them comes or goes.
    """
    exported.pop("serialNumber", None)
    exported["metadata"].pop("timestamp", None)
    names = {component["bom-ref"]: component["purl"] for component in exported["components"]}
    for entry in exported["dependencies"]:
        entry["ref"] = names.get(entry["ref"], entry["ref"])
        entry["dependsOn"] = sorted(names.get(name, name) for name in entry.get("dependsOn", []))
    exported["dependencies"].sort(key=lambda entry: entry["ref"])
    for component in exported["components"]:
        component["bom-ref"] = component["purl"]
        if licence := known.get(canonicalize_name(component["name"])):
            component["licenses"] = [{"expression": licence}]
    parts = []
    for key, part in exported.items():
        text = "[\n" + "\n".join(_lines(part)) + "\n]" if isinstance(part, list) else json.dumps(part)
        parts.append(f"{json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(entries):
    """Return a line per entry, so that a change of one package is a change of one line."""
    lines = [json.dumps(entry, separators=(",", ":")) for entry in entries]
    return [f"{line}," for line in lines[:-1]] + lines[-1:]


def is_permissive(expression):
    """Tell whether a licence lets the project be used and handed on without further conditions."""
    return _holds(get_spdx_licensing().parse(expression))


def _holds(part):
    if not part.args or isinstance(part, LicenseWithExceptionSymbol):
        return part.render() in PERMISSIVE
    choose = any if part.operator.strip() == "OR" else all
    return choose(map(_holds, part.args))


def page(components, known):
    """Return the list of licences as Markdown."""
    rows = [
        f"| {component['name']} | {component['version']} | {known.get(canonicalize_name(component['name']), '')} |"
        for component in components
    ]
    explained = [f"- **{name}**: {reason}." for name, reason in EXPLAINED.items()]
    return "\n".join(
        [
            "# Licences of what is installed",
            "",
            f"Written by `make lock` from `uv.lock`: {len(rows)} packages. The licence is what a package says of",
            "itself; LicenseRef-BSD is a BSD licence of which it does not say which. None is handed on with this",
            "repository; `make setup` fetches them. The bill of materials, with the hash of every file, is",
            "[sbom.cdx.json](sbom.cdx.json) (CycloneDX 1.5).",
            "",
            "Not permissive, and why that is no obstacle:",
            "",
            *explained,
            "",
            "| package | version | licence |",
            "|---|---|---|",
            *sorted(rows),
            "",
        ]
    )


def make():
    """Return the content of both files by path."""
    exported = subprocess.run(
        [*EXPORT, "--format", "cyclonedx1.5"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    known = licences()
    content = bill(json.loads(exported), known)
    return {BILL: content, LICENCES: page(json.loads(content)["components"], known)}


def main():
    """Write both files."""
    for path, content in make().items():
        (ROOT / path).write_text(content, encoding="utf-8")
        print(path, file=sys.stderr)


if __name__ == "__main__":
    main()
