"""``python -m analysis``."""

import sys

if __name__ == "__main__":
    try:
        from analysis.pipeline.command_line import main
    except KeyboardInterrupt:  # nothing has begun
        sys.exit(130)
    sys.exit(main())
