"""The flags that say what draws: the page's own, under the same names, for a single command.

Knows device flags; what becomes of them is decided in pipelines/image/memory/.
"""

from __future__ import annotations

import argparse

from pipelines.contract.validate import check_range, parse_int
from pipelines.image.memory.device import DeviceOptions, Offload
from playground.cli.terminal import HelpText

SWITCHES = ("no_half", "xformers", "fp8", "compile", "openvino")
OFFLOADS = {"medvram": Offload.MODEL, "lowvram": Offload.SEQUENTIAL}
MOST_DEVICES = 63


def add_machine(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags; help says what the page's help says."""
    command.add_argument("--use-cpu", action="store_true", help=help_text("cli.cpu"))
    command.add_argument("--device-id", default="0", help=help_text("launch.used.device_id"))
    for name in SWITCHES:
        flag = f"--{name.replace('_', '-')}"
        command.add_argument(flag, action="store_true", help=help_text(f"launch.used.{name}"))
    memory = command.add_mutually_exclusive_group()
    for name in OFFLOADS:
        memory.add_argument(f"--{name}", action="store_true", help=help_text(f"launch.used.{name}"))


def device_options(options: argparse.Namespace) -> DeviceOptions:
    """Return what the flags ask for; raise InvalidRequest for a device number that is none."""
    device_id = parse_int(options.device_id, "device_id")
    check_range(device_id, "device_id", 0, MOST_DEVICES)
    offload = next((OFFLOADS[name] for name in OFFLOADS if getattr(options, name)), Offload.NONE)
    return DeviceOptions(
        use_cpu=options.use_cpu,
        no_half=options.no_half,
        offload=offload,
        xformers=options.xformers,
        device_id=device_id,
        fp8=options.fp8,
        is_compiled=options.compile,
        openvino=options.data_dir / "cache" / "openvino" if options.openvino else None,
    )
