"""The process that opens a pickle, so that no other process has to. Run by models/convert.py only.

Gets the pickle as standard input and one path to write to; loads with weights_only, which builds
tensors and nothing else. An audit hook refuses connections, programs and files to write to, should
that fail. Ends with one line of JSON. A script on its own: it imports nothing of this program.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

SAFE_TORCH = (2, 6)  # before it weights_only itself could be bypassed, CVE-2025-32434
FORBIDDEN = (
    "socket.connect", "socket.bind", "socket.sendto", "subprocess.Popen", "os.system", "os.exec",
    "os.posix_spawn", "os.fork", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.chmod",
    "os.link", "os.symlink", "os.truncate", "shutil.", "ctypes.dlopen", "webbrowser.",
)  # fmt: skip
MAX_DEPTH = 3


def main(target: str, source_sha256: str) -> int:
    """Convert standard input to `target`; return the exit code."""
    try:
        import torch
        from safetensors.torch import save_file
    except ImportError:
        return _end("convert.no_torch")
    if tuple(int(part) for part in torch.__version__.split(".")[:2]) < SAFE_TORCH:
        return _end("convert.old_torch", torch.__version__)
    sys.addaudithook(guard(target))
    try:
        loaded = torch.load(sys.stdin.buffer, map_location="cpu", weights_only=True)
    except Exception as error:  # whatever a hostile pickle raises is one answer: refused
        return _end("convert.refused", str(error).split("\n", 1)[0])
    tensors = {
        name: tensor.detach().clone().contiguous()  # safetensors refuses shared memory
        for name, tensor in _state_dict(loaded).items()
        if isinstance(name, str) and isinstance(tensor, torch.Tensor)
    }
    if not tensors:
        return _end("convert.empty")
    save_file(tensors, target, metadata={"format": "pt", "converted_from_sha256": source_sha256})
    return _end("")


def guard(target: str) -> Callable[[str, tuple[Any, ...]], None]:
    """Return an audit hook that refuses whatever a conversion does not do."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"a conversion does not do {event}")
        if event == "open":
            path, mode = arguments[0], str(arguments[1] or "")
            is_writing = any(letter in mode for letter in "wax+")
            if is_writing and path != target:
                raise PermissionError("a conversion writes one file")

    return refuse


def _state_dict(loaded: Any) -> dict[Any, Any]:
    """Return the weights: some files keep them one or two levels down."""
    for _ in range(MAX_DEPTH):
        if not isinstance(loaded, dict):
            return {}
        inner = loaded.get("state_dict", loaded.get("params_ema", loaded.get("params")))
        if not isinstance(inner, dict):
            break
        loaded = inner
    return dict(loaded)


def _end(error: str, reason: str = "") -> int:
    sys.stdout.write(json.dumps({"error": error, "reason": reason[:300]}) + "\n")
    return int(bool(error))


def limit(memory_bytes: int, seconds: int, output_bytes: int) -> None:  # pragma: no cover
    """Limit this process; it would bind the tests if they called it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output_bytes, output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":  # pragma: no cover - runs in a process of its own
    limit(*map(int, sys.argv[3:6]))
    sys.exit(main(sys.argv[1], sys.argv[2]))
