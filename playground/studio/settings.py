"""Settings that outlive the program: a JSON file that may be edited, broken or newer than we are.

Every key stands alone: one bad value costs its own default and no other setting. Keys that nobody
knows are kept. Defaults and limits of drawing values are those of PictureRequest.
"""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from models import disk
from models.errors import Value
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest, TextRequest
from playground.studio.errors import PlaygroundError
from playground.studio.plain_json import read_json

Notice = tuple[str, dict[str, Value]]

MAX_FILE_BYTES = 2**20
LANGUAGES = ("", "ko", "en")
THEMES = ("system", "light", "dark")

_TEXT = TextRequest()
_PICTURE = PictureRequest(Phrase("가", "", (), "typed"))


@dataclass(frozen=True, slots=True)
class StudioSettings:
    """What is remembered.

    Attributes:
        language: of the page; "" follows the browser.
        theme: "system" follows the browser.
        count, surprise, engine: of the last phrases.
        model, width, height, steps, guidance, sampler, schedule, negative_prompt: of the last
            drawing.
    """

    language: str = ""
    theme: str = "system"
    count: int = _TEXT.count
    surprise: float = _TEXT.surprise
    engine: str = _TEXT.engine
    model: str = _PICTURE.model
    width: int = _PICTURE.width
    height: int = _PICTURE.height
    steps: int = _PICTURE.steps
    guidance: float = _PICTURE.guidance
    sampler: str = _PICTURE.sampler
    schedule: str = _PICTURE.schedule
    negative_prompt: str = _PICTURE.negative_prompt

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"language must be one of {LANGUAGES}, got {self.language!r}")
        if self.theme not in THEMES:
            raise ValueError(f"theme must be one of {THEMES}, got {self.theme!r}")
        TextRequest(count=self.count, surprise=self.surprise, engine=self.engine)
        replace(
            _PICTURE,
            model=self.model,
            width=self.width,
            height=self.height,
            steps=self.steps,
            guidance=self.guidance,
            sampler=self.sampler,
            schedule=self.schedule,
            negative_prompt=self.negative_prompt,
        )


class SettingsFile:
    """The file; read and written from any thread.

    Attributes:
        notices: message keys and values of what had to be repaired by the last `load`.
    """

    def __init__(self, path: Path, *, temp_dir: Path | None = None) -> None:
        self._path = path
        self._temp_dir = temp_dir
        self._lock = threading.Lock()  # taken alone
        self._unknown: dict[str, Any] = {}
        self.notices: tuple[Notice, ...] = ()

    def load(self) -> StudioSettings:
        """Return what is in the file; a file that makes no sense is renamed and kept."""
        with self._lock:
            try:
                data = self._read()
            except FileNotFoundError:
                data = {}
            except OSError as error:
                raise disk.disk_error(error, self._path) from error
            except ValueError:
                broken = self._move_aside()
                self.notices = (("settings.broken", {"name": broken.name}),)
                return StudioSettings()
            known = {field.name for field in fields(StudioSettings)}
            self._unknown = {key: value for key, value in data.items() if key not in known}
            settings, self.notices = _parse({key: data[key] for key in known & data.keys()})
            return settings

    def save(self, settings: StudioSettings) -> None:
        """Write the file, with the unknown keys that were read.

        Raises:
            DiskError: the old file is still there.
        """
        with self._lock:
            text = json.dumps({**self._unknown, **asdict(settings)}, ensure_ascii=False, indent=2)
            data = text.encode("utf-8", "replace") + b"\n"
            disk.write_atomically(self._path, data, temp_dir=self._temp_dir)

    def _read(self) -> dict[str, Any]:
        with self._path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            raise ValueError("too large")
        return read_json(data.decode("utf-8-sig"))  # Notepad writes a byte order mark

    def _move_aside(self) -> Path:
        stamp = datetime.now().strftime("%Y-%m-%d")
        broken = self._path.with_name(f"{self._path.name}.broken-{stamp}")
        number = 1
        while broken.exists():
            number += 1
            broken = self._path.with_name(f"{self._path.name}.broken-{stamp}-{number}")
        try:
            self._path.rename(broken)
        except OSError as error:
            raise disk.disk_error(error, self._path) from error
        return broken


def _parse(data: dict[str, Any]) -> tuple[StudioSettings, tuple[Notice, ...]]:
    """Return the values that can be used, and a notice for each that cannot."""
    settings = StudioSettings()
    notices: list[Notice] = []
    for key in sorted(data):
        try:
            settings = replace(settings, **{key: _typed(key, data[key])})
        except (ValueError, TypeError, OverflowError, PlaygroundError):
            shown = str(data[key])[:40]
            notices.append(("settings.value", {"key": key, "value": shown}))
    return settings, tuple(notices)


def _typed(key: str, value: Any) -> Any:
    """Return `value` if it is of the type that `key` has; 7 is a float too, True is no int."""
    wanted = type(getattr(StudioSettings(), key))
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        raise TypeError(f"{key} must be {wanted.__name__}, got {value!r}")
    return value
