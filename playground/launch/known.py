"""The table of flags: those in use, those that are no longer needed, and those that are refused.

Names are AUTOMATIC1111's where it has one, so that an old COMMANDLINE_ARGS keeps working.
Knows names and roles; the sentences are rows of `playground/messages/launch.py`, and what a value
may be is decided in `flags.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FlagRole(StrEnum):
    """What becomes of a flag."""

    USED = "used"
    UNNEEDED = "unneeded"  # accepted; one line says what happens instead
    REFUSED = "refused"  # ignoring it would leave somebody less safe than they believe


class Takes(StrEnum):
    """What stands behind a flag."""

    NOTHING = "nothing"
    ONE = "one"
    ANY = "any"  # all words up to the next flag, as `--use-cpu all`


@dataclass(frozen=True, slots=True)
class Known:
    """One flag.

    Args:
        row: the message row ``launch.<role>.<row>``.
        value: the name of what stands behind it in the help, e.g. ``N``; empty for a switch.
        stands_for: the flag whose meaning it shares; itself unless it is an alias.
    """

    name: str
    role: FlagRole
    row: str
    value: str = ""
    takes: Takes = Takes.NOTHING
    stands_for: str = ""

    @property
    def key(self) -> str:
        """Return the key of its sentence."""
        return f"launch.{self.role}.{self.row}"


def _used(name: str, value: str = "", *, stands_for: str = "", any_words: bool = False) -> Known:
    takes = Takes.ANY if any_words else Takes.ONE if value else Takes.NOTHING
    row = (stands_for or name).lstrip("-").replace("-", "_")
    return Known(name, FlagRole.USED, row, value, takes, stands_for or name)


def _all(role: FlagRole, row: str, switches: str, valued: str = "") -> tuple[Known, ...]:
    plain = (Known(f"--{name}", role, row, stands_for=f"--{name}") for name in switches.split())
    with_value = (
        Known(f"--{name}", role, row, "VALUE", Takes.ONE, f"--{name}") for name in valued.split()
    )
    return (*plain, *with_value)


USED: tuple[Known, ...] = (
    _used("--help"),
    _used("-h", stands_for="--help"),
    # where the page is
    _used("--listen"),
    _used("--server-name", "HOST"),
    _used("--port", "N"),
    _used("--public-host", "HOST"),
    _used("--subpath", "PATH"),
    _used("--share"),
    _used("--gradio-auth", "USER:PASSWORD[,...]"),
    _used("--gradio-auth-path", "FILE"),
    _used("--autolaunch"),
    _used("--theme", "light|dark|auto"),
    # where files are
    _used("--data-dir", "DIR"),
    _used("--models-dir", "DIR"),
    _used("--ckpt-dir", "DIR", stands_for="--models-dir"),
    _used("--vae-dir", "DIR", stands_for="--models-dir"),
    _used("--lora-dir", "DIR", stands_for="--models-dir"),
    _used("--embeddings-dir", "DIR", stands_for="--models-dir"),
    _used("--words-dir", "DIR"),
    # what draws
    _used("--use-cpu", "[all]", any_words=True),
    _used("--device-id", "N"),
    _used("--no-half"),
    _used("--medvram"),
    _used("--lowvram"),
    _used("--fp8"),
    _used("--unet-in-fp8-e4m3fn", stands_for="--fp8"),
    _used("--model-cache-gb", "N"),
    _used("--xformers"),
    _used("--compile"),
    _used("--openvino"),
    # logging
    _used("--loglevel", "LEVEL"),
    _used("--log-startup"),
)

# The rest of AUTOMATIC1111's modules/cmd_args.py and the flags that its forks added.
UNNEEDED: tuple[Known, ...] = (
    Known("-f", FlagRole.UNNEEDED, "root", stands_for="-f"),
    *_all(
        FlagRole.UNNEEDED,
        "attention",
        "opt-sdp-attention opt-sdp-no-mem-attention opt-split-attention opt-split-attention-v1 "
        "opt-split-attention-invokeai opt-sub-quad-attention disable-opt-split-attention "
        "force-enable-xformers xformers-flash-attention opt-channelslast "
        "attention-pytorch attention-split attention-quad",
        "sub-quad-q-chunk-size sub-quad-kv-chunk-size sub-quad-chunk-threshold",
    ),
    *_all(
        FlagRole.UNNEEDED,
        "precision",
        "no-half-vae upcast-sampling all-in-fp32 all-in-fp16 unet-in-bf16 unet-in-fp16 "
        "vae-in-bf16 vae-in-fp16 vae-in-fp32",
        "precision",
    ),
    *_all(
        FlagRole.UNNEEDED,
        "memory",
        "medvram-sdxl lowram always-batch-cond-uncond disable-model-loading-ram-optimization "
        "skip-load-model-at-start cuda-malloc cuda-stream pin-shared-memory always-gpu "
        "always-high-vram always-low-vram always-no-vram always-offload-from-vram",
    ),
    *_all(
        FlagRole.UNNEEDED,
        "setup",
        "skip-torch-cuda-test skip-install skip-python-version-check skip-version-check "
        "skip-prepare-environment reinstall-torch reinstall-xformers update-check "
        "do-not-download-clip dump-sysinfo test-server",
    ),
    *_all(FlagRole.UNNEEDED, "device", "use-ipex use-zluda directml"),
    *_all(FlagRole.UNNEEDED, "download", "no-download-sd-model"),
    *_all(FlagRole.UNNEEDED, "hashing", "no-hashing"),
    *_all(FlagRole.UNNEEDED, "nan", "disable-nan-check"),
    *_all(FlagRole.UNNEEDED, "api", "api api-log nowebui"),
    *_all(FlagRole.UNNEEDED, "stop", "api-server-stop add-stop-route"),
    *_all(
        FlagRole.UNNEEDED,
        "extensions",
        "disable-all-extensions disable-extra-extensions update-all-extensions",
    ),
    *_all(FlagRole.UNNEEDED, "model", "", "ckpt vae-path config"),
    *_all(
        FlagRole.UNNEEDED,
        "other_models",
        "unload-gfpgan deepdanbooru",
        "gfpgan-dir gfpgan-model hypernetwork-dir lyco-dir textual-inversion-templates-dir "
        "codeformer-models-path gfpgan-models-path esrgan-models-path bsrgan-models-path "
        "realesrgan-models-path swinir-models-path scunet-models-path dat-models-path "
        "clip-models-path",
    ),
    *_all(FlagRole.UNNEEDED, "queue", "gradio-queue no-gradio-queue", "timeout-keep-alive"),
    *_all(
        FlagRole.UNNEEDED,
        "page",
        "no-progressbar-hiding show-negative-prompt use-textbox-seed ui-debug-mode gradio-debug "
        "no-prompt-history hide-ui-dir-config",
        "gradio-img2img-tool gradio-inpaint-tool max-batch-count localizations-dir",
    ),
    *_all(
        FlagRole.UNNEEDED,
        "settings",
        "unix-filenames-sanitization",
        "ui-config-file ui-settings-file styles-file filenames-max-length",
    ),
    *_all(FlagRole.UNNEEDED, "console", "disable-console-progressbars enable-console-prompts"),
)

REFUSED: tuple[Known, ...] = (
    *_all(FlagRole.REFUSED, "code", "allow-code enable-insecure-extension-access"),
    *_all(FlagRole.REFUSED, "pickle", "disable-safe-unpickle"),
    *_all(FlagRole.REFUSED, "api_auth", "", "api-auth"),
    *_all(FlagRole.REFUSED, "tunnel", "", "ngrok ngrok-region ngrok-options"),
    *_all(FlagRole.REFUSED, "tls", "disable-tls-verify", "tls-keyfile tls-certfile"),
    *_all(FlagRole.REFUSED, "origins", "", "cors-allow-origins cors-allow-origins-regex"),
    *_all(FlagRole.REFUSED, "folders", "administrator", "gradio-allowed-path"),
    *_all(
        FlagRole.REFUSED,
        "frozen",
        "freeze-settings",
        "freeze-settings-in-sections freeze-specific-settings",
    ),
)

FLAGS: dict[str, Known] = {known.name: known for known in (*USED, *UNNEEDED, *REFUSED)}
