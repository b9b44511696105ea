"""From a person's request to a file in the library: source, folder, download, pin."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from models.connection import HttpsClient
from models.download import Arrived, Progress, download
from models.library import OWN_FOLDER, Library
from models.sources import parse_source

QUARANTINE = "quarantine"
# environment variable -> host it belongs to; read at each use, kept nowhere
TOKENS = {"HF_TOKEN": "huggingface.co", "CIVITAI_TOKEN": "civitai.com"}


def read_tokens(environment: Mapping[str, str]) -> dict[str, str]:
    """Return host -> token of those that are set."""
    return {
        host: environment[name].strip()
        for name, host in TOKENS.items()
        if environment.get(name, "").strip()
    }


def get(
    library: Library,
    data_dir: Path,
    source: str,
    client: HttpsClient,
    on_progress: Progress = lambda done, total: None,
) -> Arrived:
    """Download what `source` names into our own folder, and pin it if its digest is published.

    Raises:
        CannotDownload, NotSafetensors, DiskError: see models/download.py.
    """
    wanted = parse_source(source, library.known)
    folder = data_dir / OWN_FOLDER
    arrived = download(wanted, folder, data_dir / QUARANTINE, client, on_progress)
    if arrived.is_published:
        library.trust_download(arrived.path, arrived.sha256, arrived.source)
    library.scan()
    return arrived
