"""Can this Python run the playground? webui.sh and run.bat ask every Python they find.

Prints its version and exits with 0 for yes, 3 for no, 5 for a Python without venv. Written so
that any Python can read it, even version 2.
"""

import sys

print("%d.%d.%d" % sys.version_info[:3] + ("" if sys.maxsize > 2**32 else " 32-bit"))  # noqa: UP031
if not (3, 11) <= sys.version_info[:2] <= (3, 14) or sys.maxsize <= 2**32:
    sys.exit(3)
try:
    import ensurepip  # noqa: F401
    import venv  # noqa: F401
except ImportError:
    sys.exit(5)
