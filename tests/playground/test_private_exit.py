"""The program ends at once, whatever its threads do."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import threading, time
from playground.private_exit import leave_now
threading.Thread(target=time.sleep, args=(60,)).start()
leave_now(130)
"""


def test_leaving_asks_no_thread():
    done = subprocess.run([sys.executable, "-c", CODE], check=False, timeout=30)
    assert done.returncode == 130
