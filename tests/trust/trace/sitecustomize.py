"""Write down what every Python process of a build opens, renames, connects to, and which settings it uses.

On the path of a build whose environment names a file in ``QUICKSCAN_TRACE``; otherwise it does nothing. A process
belongs to the stage that DVC names in ``DVC_STAGE``.
"""

import importlib.abc
import importlib.machinery
import json
import os
import sys

TRACE = os.environ.get("QUICKSCAN_TRACE")
SETTINGS = "analysis.pipeline.settings"
COUNTERS = {"content_hash", "_rows"}
"""Functions that open every input of a stage, for its hash or its rows: they say nothing of what it uses."""


class Recorder:
    """Write each thing once per process, in one write, so that processes do not mix."""

    def __init__(self, path, root):
        self.handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.root = root.rstrip("/") + "/"
        self.stage = os.environ.get("DVC_STAGE", "")
        self.seen = set()

    def note(self, kind, what):
        if (kind, what) not in self.seen:
            self.seen.add((kind, what))
            os.write(self.handle, (json.dumps([self.stage, kind, what]) + "\n").encode())

    def note_path(self, kind, path):
        if isinstance(path, (str, bytes, os.PathLike)):
            path = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 pathlib would be imported in every process
            if path.startswith(self.root):
                self.note(kind, path[len(self.root) :])

    def hook(self, event, arguments):
        if event == "open":
            path, _, flags = arguments
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            self.note_path("write" if writes else "count" if only_counts() else "read", path)
        elif event == "os.rename":
            self.note_path("write", arguments[1])
        elif event in ("socket.connect", "socket.sendto"):
            address = arguments[1]
            # Sockets of the file system carry a path, those of the network a pair of host and port.
            if isinstance(address, tuple):
                self.note("connect", str(address[0]))
        elif event == "socket.getaddrinfo":
            self.note("connect", str(arguments[0]))


def only_counts():
    """Tell whether a file is opened by a function that opens them all."""
    frame = sys._getframe(2)
    for _ in range(8):
        if frame is None:
            return False
        if frame.f_code.co_name in COUNTERS:
            return True
        frame = frame.f_back
    return False


class SettingsFinder(importlib.abc.MetaPathFinder):
    """Once the settings are imported, note each setting that is looked at."""

    def __init__(self, recorder):
        self.recorder = recorder

    def find_spec(self, name, path, target=None):
        if name != SETTINGS:
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        execute, recorder = spec.loader.exec_module, self.recorder

        def exec_module(module):
            execute(module)
            sections = {field.annotation: name for name, field in module.Settings.model_fields.items()}
            plain = module.Section.__getattribute__

            def noted(section, attribute):
                kind = type(section)
                if kind in sections and attribute in kind.model_fields:
                    recorder.note("setting", f"{sections[kind]}.{attribute}")
                return plain(section, attribute)

            module.Section.__getattribute__ = noted

        spec.loader.exec_module = exec_module
        return spec


if TRACE:
    recorder = Recorder(TRACE, os.environ["QUICKSCAN_TRACE_ROOT"])
    sys.addaudithook(recorder.hook)
    sys.meta_path.insert(0, SettingsFinder(recorder))
