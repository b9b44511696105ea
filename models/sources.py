"""Where a model can be downloaded from: a person's text becomes an address.

    hf:owner/repository@commit:path/file.safetensors   a file of a Hugging Face repository
    civitai:12345                                      a version on Civitai
    https://host/path/file.safetensors                 an address on an allowed host
    v1-5-pruned-emaonly.safetensors                    a row of pins.json

Opens no connection. Everything here is checked before a name is looked up or a file is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from models.errors import CannotDownload
from models.places import MODEL_SUFFIX
from models.trust import KnownFile

MAX_NAME = 150
_HUGGING_FACE = re.compile(
    r"hf:(?P<repo>[\w.-]{1,96}/[\w.-]{1,96})(?:@(?P<commit>[\w.-]{1,100}))?:(?P<file>[^?#]{1,300})"
)
_CIVITAI = re.compile(r"civitai:(?P<version>[0-9]{1,12})")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")  # devices on Windows


@dataclass(frozen=True, slots=True)
class DownloadRequest:
    """A file to download.

    Attributes:
        sha256: what it must have; "" if nobody published it yet.
        label: where it came from, for the owner's pins.
        details_url: where the host describes the file; "" where it does not.
    """

    url: str
    file_name: str
    sha256: str
    label: str
    details_url: str = ""


def parse_source(text: str, known: Iterable[KnownFile] = ()) -> DownloadRequest:
    """Read what a person wants.

    Raises:
        CannotDownload: it is no source, or the file's name cannot be used.
    """
    text = text.strip()
    if not text:
        raise CannotDownload("download.empty")
    for file in known:
        if text == file.name:
            found = parse_source(file.source)
            return DownloadRequest(found.url, file.name, file.sha256, file.source)
    if match := _HUGGING_FACE.fullmatch(text):
        return _hugging_face(match, text)
    if match := _CIVITAI.fullmatch(text):
        version = match["version"]
        return DownloadRequest(
            url=f"https://civitai.com/api/download/models/{version}",
            file_name="",
            sha256="",
            label=text,
            details_url=f"https://civitai.com/api/v1/model-versions/{version}",
        )
    if text.startswith("https://"):
        path = unquote(urlsplit(text).path)
        return DownloadRequest(
            text, check_name(PurePosixPath(path).name), "", text.split("?", 1)[0]
        )
    raise CannotDownload("download.source", source=text[:80])


def with_commit(label: str, commit: str) -> str:
    """Return a label that names the commit the file came from.

    >>> with_commit("hf:owner/repository:m.safetensors", "abc")
    'hf:owner/repository@abc:m.safetensors'
    """
    if not commit or not label.startswith("hf:") or "@" in label:
        return label
    repository, file = label.removeprefix("hf:").split(":", 1)
    return f"hf:{repository}@{commit}:{file}"


def check_name(name: str, *, any_suffix: bool = False) -> str:
    """Return the name of a file to be made; one component, safe on every system.

    Raises:
        CannotDownload: it is not.
    """
    is_plain = name.isprintable() and 0 < len(name) <= MAX_NAME and name[0] not in ". "
    if not is_plain or set(name) & set('/\\:*?"<>|') or _RESERVED.fullmatch(name):
        raise CannotDownload("download.name", name=name[:80])
    if not any_suffix and not name.endswith(MODEL_SUFFIX):
        raise CannotDownload("download.suffix", name=name[:80])
    return name


def _hugging_face(match: re.Match[str], label: str) -> DownloadRequest:
    file, commit = match["file"], match["commit"] or "main"
    if ".." in file or ".." in match["repo"]:
        raise CannotDownload("download.source", source=label[:80])
    url = f"https://huggingface.co/{match['repo']}/resolve/{commit}/{quote(file)}"
    return DownloadRequest(url, check_name(PurePosixPath(file).name), "", label)
