"""The process that opens a pickle, so that no other process has to. Run by models/convert.py only.

Gets the pickle as standard input and one path to write to; loads with weights_only, which builds
tensors and nothing else. An audit hook refuses connections, programs and files to write to, should
that fail. Ends with one line of JSON. A script on its own: it imports nothing of this program.
"""

from __future__ import annotations

import json
import re
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
# where files keep their weights, a level down
INSIDE = ("state_dict", "params_ema", "params", "model_state_dict", "model", "ema")
FOREIGN = "Weights only load failed"  # how torch begins when a pickle holds more than tensors
_FOREIGN_NAME = re.compile(
    r"(?:GLOBAL|function|class|type|[Uu]nsupported) ([a-z_]\w*[\w. ]{0,80}\w)(?= w|\n)"
)


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
    # what the first embeddings kept their vectors in: a dictionary of parameters, nothing else
    torch.serialization.add_safe_globals([torch.nn.ParameterDict])
    try:
        loaded = torch.load(sys.stdin.buffer, map_location="cpu", weights_only=True)
    except EOFError:
        return _end("convert.cut_off")
    except Exception as error:  # whatever a hostile pickle raises is one answer: refused
        name = foreign_name(str(error))
        return _end("convert.refused", name) if name else _end("convert.cut_off")
    tensors = {
        name: tensor.detach().clone().contiguous()  # safetensors refuses shared memory
        for name, tensor in named_tensors(loaded, torch.Tensor).items()
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


def foreign_name(reason: str) -> str:
    """Return what a pickle named that is no tensor, "" when it is just no pickle.

    torch's own sentence advises to trust the file and has colours in it, so it is never repeated.
    """
    if not reason.startswith(FOREIGN):
        return ""
    found = _FOREIGN_NAME.search(reason)
    return found[1].rstrip(".") if found is not None else "?"


def named_tensors(loaded: Any, tensor_type: type[Any]) -> dict[str, Any]:
    """Return name -> tensor of whatever was in a file.

    Knows checkpoints (some keep their weights a level or two down), embeddings of A1111, of its
    predecessors and of diffusers, and the lists of the first LoRA files.
    """
    if isinstance(loaded, list | tuple):
        return _listed(loaded, tensor_type)
    for _ in range(MAX_DEPTH):
        vectors = _vectors(loaded, tensor_type)
        if vectors:
            return vectors
        inside = (_contents(loaded).get(name) for name in INSIDE)
        inner = next((part for part in inside if _contents(part)), None)
        if inner is None:
            break
        loaded = inner
    found = _contents(loaded).items()
    return {
        name: tensor
        for name, tensor in found
        if isinstance(name, str) and isinstance(tensor, tensor_type)
    }


def _contents(part: Any) -> dict[Any, Any]:
    """Return what is in a dictionary, or in a ParameterDict that was restored field by field."""
    if isinstance(part, dict):
        return dict(part)
    fields = getattr(part, "__dict__", {})
    inner = fields.get("_parameters") if isinstance(fields, dict) else None
    return dict(inner) if isinstance(inner, dict) else {}


def _vectors(loaded: Any, tensor_type: type[Any]) -> dict[str, Any]:
    """Return the vectors of an embedding under the name A1111 gives them; {} when it is none.

    Several tensors of one width are the vectors of one embedding, in their order.
    """
    data = _contents(loaded)
    given = data.get("string_to_param", data.get("emb_params"))
    if isinstance(given, tensor_type):
        given = {"*": given}
    is_named = given is not None
    parts = _contents(given if is_named else data)
    rows = [part for part in parts.values() if isinstance(part, tensor_type)]
    is_token = all(str(name).startswith("<") for name in parts)
    if not rows or not (is_named or is_token):
        return {}
    if any(row.ndim not in (1, 2) or row.shape[-1] != rows[0].shape[-1] for row in rows):
        return {}
    rows = [row.reshape(-1, row.shape[-1]) for row in rows]  # (count, width)
    joined = rows[0].new_zeros(sum(len(row) for row in rows), rows[0].shape[-1])
    start = 0
    for row in rows:
        joined[start : start + len(row)] = row
        start += len(row)
    return {"emb_params": joined}


def _listed(tensors: list[Any] | tuple[Any, ...], tensor_type: type[Any]) -> dict[str, Any]:
    """Return the tensors of a first LoRA file (cloneofsimo/lora): up, down, up, down, and so on.

    They belong to the UNet, or to CLIP's text encoder, which alone has square layers of one width.
    """
    pairs = list(zip(tensors[::2], tensors[1::2], strict=False))
    is_right = len(tensors) % 2 == 0 and all(
        isinstance(one, tensor_type) and isinstance(other, tensor_type)
        and one.ndim == other.ndim == 2
        for one, other in pairs
    )  # fmt: skip
    if not pairs or not is_right:
        return {}
    sizes = {max(side for tensor in pair for side in tensor.shape) for pair in pairs}
    part = "text_encoder" if len(pairs) % 4 == 0 and len(sizes) == 1 else "unet"
    found = {}
    for number, (one, other) in enumerate(pairs):
        # (out, rank) is up and (rank, in) is down, whichever stands first
        up, down = (one, other) if one.shape[1] == other.shape[0] else (other, one)
        if up.shape[1] != down.shape[0] or up.shape[1] > min(up.shape[0], down.shape[1]):
            up, down = down, up
        found[f"{part}:{number}:up"], found[f"{part}:{number}:down"] = up, down
    return found


def _end(error: str, reason: str = "") -> int:
    sys.stdout.write(json.dumps({"error": error, "reason": reason[:300]}) + "\n")
    return int(bool(error))


if __name__ == "__main__":  # pragma: no cover - runs in a process of its own
    sys.exit(main(sys.argv[1], sys.argv[2]))
