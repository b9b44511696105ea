"""Which command installs torch on this computer.

torch comes in builds for different hardware, from different indexes; so it is installed by a
command of its own, and no other package is ever fetched from those indexes. From the default index
only files with the digests of requirements-torch.lock are taken, and so is what comes with torch.
torch's own indexes have other files, whose digests are not pinned. Standard library only.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from playground.launch.sentences import SetupError

TORCH = "torch==2.13.0"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
CUDA_INDEX = "https://download.pytorch.org/whl/cu130"
CPU_GB, CUDA_GB = 2, 8  # measured: 1.6 GB for the CPU; CUDA downloads 2.7 GB and unpacks it

LOCK = Path(__file__).resolve().parents[2] / "requirements-torch.lock"
HASHED = ("--no-deps", "--require-hashes", "--only-binary", ":all:")
PINNED = ("pip", "install", *HASHED, "-r", str(LOCK))
PIP = ("pip", "install", TORCH)  # from an index whose digests nobody has written down
IMPATIENT = ("--retries", "1", "--timeout", "15")  # a closed network often drops packets


class Attempt:
    """One command that may install torch, and how to call it to a person."""

    def __init__(self, *command: str, what: str, needs_gb: int = CPU_GB, index: str = "") -> None:
        self.command = command
        self.what = what
        self.needs_gb = needs_gb
        self.index = index  # an index that may not answer; the next attempt then

    @property
    def is_pinned(self) -> bool:
        """Whether only files of known digests are installed."""
        return "--require-hashes" in self.command


def attempts(
    environ: Mapping[str, str], system: str, machine: str, *, has_nvidia: bool
) -> tuple[Attempt, ...]:
    """Return the commands to try, best first.

    Args:
        system: ``platform.system()``: Linux, Darwin or Windows.
        machine: ``platform.machine()``: x86_64, arm64 ...
    """
    if environ.get("TORCH_COMMAND"):
        return (Attempt(*_split(environ["TORCH_COMMAND"], system), what="TORCH_COMMAND"),)
    if environ.get("TORCH_INDEX_URL"):
        return (Attempt(*PIP, "--index-url", environ["TORCH_INDEX_URL"], what="TORCH_INDEX_URL"),)
    if environ.get("PIP_FIND_LINKS"):
        return (Attempt(*PIP, what="PIP_FIND_LINKS"),)
    if system == "Darwin" and machine == "x86_64":
        raise SetupError("intel_mac")
    return _for_hardware(system, has_nvidia=has_nvidia)


def _for_hardware(system: str, *, has_nvidia: bool) -> tuple[Attempt, ...]:
    plain = Attempt(*PINNED, what="Metal" if system == "Darwin" else "CPU")
    if has_nvidia and system == "Linux":  # what the default index has for Linux is CUDA
        return (Attempt(*PINNED, what="NVIDIA CUDA", needs_gb=CUDA_GB),)
    if has_nvidia and system == "Windows":
        return (Attempt(*PIP, "--index-url", CUDA_INDEX, what="NVIDIA CUDA", needs_gb=CUDA_GB),)
    if system == "Linux":
        command = (*PIP, "--index-url", CPU_INDEX, *IMPATIENT)
        large = Attempt(*PINNED, what="CPU", needs_gb=CUDA_GB)
        return (Attempt(*command, what="CPU", index=CPU_INDEX), large)
    return (plain,)


def has_nvidia() -> bool:
    """Say whether an NVIDIA driver lists a card; any trouble means no."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return False
    try:
        listed = subprocess.run([program, "-L"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return listed.returncode == 0 and b"GPU 0" in listed.stdout


def _split(command: str, system: str) -> list[str]:
    reader = shlex.shlex(command, posix=True, punctuation_chars=False)
    reader.whitespace_split = True
    reader.commenters = ""
    if system == "Windows":
        reader.escape = ""  # C:\wheels is a folder there
    try:
        words = list(reader)
    except ValueError as error:
        raise SetupError("bad_quotes", command=command) from error
    if not words:
        raise SetupError("no_program", program=command)
    return words
