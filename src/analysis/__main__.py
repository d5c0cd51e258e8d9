"""``python -m analysis``."""

import sys

from analysis.pipeline.command_line import main

sys.exit(main())
