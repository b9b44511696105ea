"""The command line: words in, one frozen `Flags` out, or a `FlagError` that says what to type.

Words from COMMANDLINE_ARGS come first, so that what was typed just now wins over it.
`arguments.py` sorts the words, here their values are read. Imports neither Gradio nor torch, and
touches no network.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from re import fullmatch
from typing import TypeVar

from playground.launch.arguments import read_words
from playground.launch.errors import FlagError

ROOT = Path(__file__).resolve().parents[2]  # the checkout
_IS_WINDOWS = os.name == "nt"
T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)
PATH_PART = "[A-Za-z0-9_~-][A-Za-z0-9._~-]*"  # no dot first, so neither "." nor ".."
# What the page serves at its root. Below a path of the same name nobody could decide whether a
# proxy has taken the prefix away.
OWN_PATHS = frozenset(
    "assets config drops favicon.ico gradio_api inputs jobs login manifest.json mine owner "
    "pictures robots.txt static theme.css ui visit".split()
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Theme(StrEnum):
    """The colours of the page; AUTO asks the browser."""

    LIGHT = "light"
    DARK = "dark"
    AUTO = "auto"


class MemoryMode(StrEnum):
    """How far to trade speed for graphics memory; AUTO decides by the device."""

    AUTO = "auto"
    MEDIUM = "medvram"
    LOW = "lowvram"


class LogLevel(StrEnum):
    """The levels of the standard library's logging."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"
    CRITICAL = "CRITICAL"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence to say once at the start: the row of a message, and the flag it is about."""

    key: str
    flag: str


@dataclass(frozen=True, slots=True)
class Flags:
    """Everything the command line decides."""

    listen: bool = False
    server_name: str | None = None
    port: int | None = None  # None: the first free one from 7860
    public_hosts: tuple[str, ...] = ()  # names that a reverse proxy is reached by
    subpath: str = ""  # "" or "/name", never with a slash at its end
    share: bool = False
    auth: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # passwords stay out of logs
    is_auth_typed: bool = False  # it stood on the command line, where every user can read it
    autolaunch: bool = False
    theme: Theme = Theme.AUTO
    data_dir: Path = ROOT / "data"
    models_dirs: tuple[Path, ...] = ()  # besides data_dir / "models"
    words_dir: Path | None = None  # a person's own word files
    use_cpu: bool = False
    device_id: int | None = None
    no_half: bool = False
    memory: MemoryMode = MemoryMode.AUTO
    xformers: bool = False
    fp8: bool = False
    model_cache_gb: float | None = None  # None: half of what is free
    compile: bool = False
    openvino: bool = False
    log_level: LogLevel = LogLevel.WARNING
    log_startup: bool = False
    help: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def host(self) -> str:
        """Return the address to listen on."""
        return self.server_name or ("0.0.0.0" if self.listen else LOOPBACK[0])  # noqa: S104

    @property
    def is_open(self) -> bool:
        """Say whether anybody but this computer can reach the page."""
        return self.share or self.host not in LOOPBACK or bool(self.public_hosts)


def parse(argv: Sequence[str], environ: Mapping[str, str]) -> Flags:
    """Read the words behind the command and in COMMANDLINE_ARGS.

    >>> flags = parse(["--port", "8000", "--no-hashing"], {"COMMANDLINE_ARGS": "--listen"})
    >>> flags.port, flags.host, flags.notes[0].flag
    (8000, '0.0.0.0', '--no-hashing')
    >>> parse(["--prot", "8000"], {})
    Traceback (most recent call last):
    playground.launch.errors.FlagError: launch.flag.unknown_near(flag='--prot', nearest='--port')
    """
    read = read_words([*_environment_words(environ), *argv])
    given = read.values
    return Flags(
        listen="--listen" in given,
        server_name=_last(given, "--server-name", _host),
        port=_last(given, "--port", _port),
        public_hosts=_public_hosts(given),
        subpath=_last(given, "--subpath", _subpath) or "",
        share="--share" in given,
        auth=_auth(given),
        is_auth_typed=any(word.partition("=")[0] == "--gradio-auth" for word in argv),
        autolaunch="--autolaunch" in given,
        theme=_last(given, "--theme", _choice(Theme)) or Theme.AUTO,
        data_dir=_last(given, "--data-dir", _folder) or ROOT / "data",
        models_dirs=_models_dirs(given),
        words_dir=_last(given, "--words-dir", _present_folder),
        use_cpu=_use_cpu(given),
        device_id=_last(given, "--device-id", _device_id),
        no_half="--no-half" in given,
        memory=_memory(given),
        xformers="--xformers" in given,
        fp8="--fp8" in given,
        model_cache_gb=_last(given, "--model-cache-gb", _gigabytes),
        compile="--compile" in given,
        openvino="--openvino" in given,
        log_level=_last(given, "--loglevel", _choice(LogLevel)) or LogLevel.WARNING,
        log_startup="--log-startup" in given,
        help="--help" in given,
        notes=tuple(Note(known.key, name) for name, known in read.unneeded.items()),
    )


def _environment_words(environ: Mapping[str, str]) -> list[str]:
    line = environ.get("COMMANDLINE_ARGS", "")
    reader = shlex.shlex(line, posix=True)
    reader.whitespace_split = True
    reader.commenters = ""
    if _IS_WINDOWS:
        reader.escape = ""  # C:\models is a folder there, not an escaped m
    try:
        return list(reader)
    except ValueError as error:  # a quotation mark without its partner
        raise FlagError("launch.flag.quotes", line=line) from error


# What a value may be

Values = Mapping[str, list[str]]


def _last(given: Values, name: str, read: Callable[[str, str], T]) -> T | None:
    values = given.get(name)
    return read(name, values[-1]) if values else None


def _port(name: str, value: str) -> int:
    if not fullmatch(r"[0-9]{1,5}", value) or not 1 <= int(value) <= 65535:
        raise FlagError("launch.flag.port", flag=name, value=value)
    return int(value)


def _device_id(name: str, value: str) -> int:
    if not fullmatch(r"[0-9]{1,3}", value):
        raise FlagError("launch.flag.device_id", flag=name, value=value)
    return int(value)


def _gigabytes(name: str, value: str) -> float:
    if not fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", value):
        raise FlagError("launch.flag.gigabytes", flag=name, value=value)
    return float(value)


def _host(name: str, value: str) -> str:
    if not fullmatch(r"[A-Za-z0-9.:_-]+", value):
        raise FlagError("launch.flag.host", flag=name, value=value)
    return value


def _public_hosts(given: Values) -> tuple[str, ...]:
    names = given.get("--public-host", [])
    for name in names:
        if not fullmatch(r"[A-Za-z0-9._-]+(:[0-9]{1,5})?", name):
            raise FlagError("launch.flag.public_host", flag="--public-host", value=name)
    return tuple(names)


def _subpath(name: str, value: str) -> str:
    path = value.removeprefix("/").removesuffix("/")
    if path and not fullmatch(rf"{PATH_PART}(/{PATH_PART})*", path):
        raise FlagError("launch.flag.subpath", flag=name, value=value)
    if path.partition("/")[0] in OWN_PATHS:
        raise FlagError("launch.flag.subpath_taken", flag=name, value=value)
    return f"/{path}" if path else ""


def _folder(name: str, value: str) -> Path:
    path = Path(value).expanduser().absolute()
    if not value or (path.exists() and not path.is_dir()):
        raise FlagError("launch.flag.not_folder", flag=name, value=value)
    return path


def _present_folder(name: str, value: str) -> Path:
    folder = _folder(name, value)
    if not folder.is_dir():
        raise FlagError("launch.flag.no_folder", flag=name, value=str(folder))
    return folder


def _models_dirs(given: Values) -> tuple[Path, ...]:
    values = given.get("--models-dir", [])
    return tuple(dict.fromkeys(_present_folder("--models-dir", value) for value in values))


def _choice(choices: type[Choice]) -> Callable[[str, str], Choice]:
    def read(name: str, value: str) -> Choice:
        for choice in choices:
            if choice.lower() == value.lower():
                return choice
        raise FlagError("launch.flag.choice", flag=name, value=value, choices=", ".join(choices))

    return read


def _use_cpu(given: Values) -> bool:
    """Read `--use-cpu [all]`; A1111 also names single parts there, of which only `sd` draws."""
    parts = [part.lower() for part in given.get("--use-cpu", [])]
    return "--use-cpu" in given and (not parts or "all" in parts or "sd" in parts)


def _memory(given: Values) -> MemoryMode:
    if "--lowvram" in given:
        return MemoryMode.LOW
    return MemoryMode.MEDIUM if "--medvram" in given else MemoryMode.AUTO


def _auth(given: Values) -> tuple[tuple[str, str], ...]:
    lines = list(given.get("--gradio-auth", []))
    for value in given.get("--gradio-auth-path", []):
        try:
            lines += Path(value).expanduser().read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise FlagError("launch.auth.file", value=value) from error
    pairs = [_login(pair.strip()) for line in lines for pair in line.split(",") if pair.strip()]
    if not pairs and ("--gradio-auth" in given or "--gradio-auth-path" in given):
        raise FlagError("launch.auth.empty")
    return tuple(pairs)


def _login(pair: str) -> tuple[str, str]:
    user, colon, password = pair.partition(":")
    if not (user and colon and password):
        raise FlagError("launch.auth.pair", user=user)  # never the password
    return user, password
