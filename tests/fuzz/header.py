"""Coverage-guided fuzzing of the header reader and the probe; not part of the test run.

    pip install atheris            # Linux and Python 3.11 to 3.13; in an environment of its own
    python -m tests.fuzz.header corpus -max_total_time=300

Any exception other than NotSafetensors is a finding: libFuzzer keeps the bytes that raised it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Run until the time given on the command line is over."""
    import atheris

    with atheris.instrument_imports(include=["models.header", "models.sniff", "models.lora",
                                             "models.probe", "json"]):  # fmt: skip
        from models.errors import NotSafetensors
        from models.header import read_header
        from models.probe import probe

    path = Path(tempfile.mkdtemp()) / "m.safetensors"

    def test_one_input(data: bytes) -> None:
        # half of the inputs get the right frame, or the fuzzer would learn to count first
        if data[:1] == b"{":
            text, _, payload = data.partition(b"\xff")
            data = len(text).to_bytes(8, "little") + text + payload
        path.write_bytes(data)
        try:
            probe(read_header(path))
        except NotSafetensors:
            pass

    atheris.Setup([*sys.argv, "-max_len=4096"], test_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    os.nice(15)
    main()
