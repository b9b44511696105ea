"""Environment variables that must be set before gradio, torch or the hub are imported.

Quiet and offline: no telemetry, no hub, no proxy between the page and itself. Standard library
only; the set-up script hands its own surroundings over, this is for every other way to start.
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from pathlib import Path

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
DEFAULTS = {
    # Gradio calls home at start, and the process then hangs at exit on a closed network
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DIFFUSERS_DISABLE_REMOTE_CODE": "1",
    "DO_NOT_TRACK": "1",
    # transformers 5 warns once per processor that would like torchvision; none is used here
    "TRANSFORMERS_VERBOSITY": "error",
    "DIFFUSERS_VERBOSITY": "error",
    "TOKENIZERS_PARALLELISM": "false",
    # OpenMP's threads spin while they wait for each other; when anything else runs on the machine
    # a picture then takes ten times as long. Sleeping costs a few percent on an idle one.
    "OMP_WAIT_POLICY": "PASSIVE",
}


def prepare_environment(
    temp_dir: Path | None = None, environ: MutableMapping[str, str] | None = None
) -> None:
    """Set what is not set yet; `temp_dir` is where Gradio may put its own files."""
    environ = os.environ if environ is None else environ
    for name, value in DEFAULTS.items():
        environ.setdefault(name, value)
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in environ.get(name, "").split(",") if host]
        environ[name] = ",".join(dict.fromkeys([*hosts, *LOCAL_HOSTS]))
    if temp_dir is not None:
        environ["GRADIO_TEMP_DIR"] = str(temp_dir)
