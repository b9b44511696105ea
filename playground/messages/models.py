"""Sentences of the models room."""

from __future__ import annotations

from playground.messages import Text

_DISK: dict[str, Text] = {
    "disk.full": Text(
        "디스크가 가득 차서(남은 공간 {free_mb}MB) ‘{name}’을(를) 쓰지 못했어요. "
        "이미 있던 파일은 그대로예요. 공간을 비운 뒤에 다시 해 주세요.",
        "The disk is full ({free_mb} MB left), so {name} could not be written. Files that were "
        "there are unharmed: free some space and try again.",
    ),
    "disk.low": Text(
        "디스크에 {free_mb}MB밖에 남지 않았어요. 저장하지 못할 수 있어 시작하지 않았으니, "
        "{need_mb}MB 이상 비운 뒤에 다시 해 주세요.",
        "Only {free_mb} MB are left on the disk. The result might not fit, so nothing was "
        "started: free space until there are {need_mb} MB and try again.",
    ),
    "disk.not_writable": Text(
        "‘{name}’에 쓸 수 없어요. 읽기 전용이거나 다른 사람의 폴더여서 저장하지 못했으니, "
        "쓰기 권한을 켠 뒤에 다시 해 주세요.",
        "{name} cannot be written. The disk is read-only or the folder belongs to somebody else, "
        "so nothing was saved: allow writing there and try again.",
    ),
    "disk.missing": Text(
        "‘{name}’이(가) 없어요. 옮겼거나 이름이 달라서 찾지 못했으니, 경로를 확인하고 다시 해 "
        "주세요.",
        "{name} is not there. It was moved, or is called something else: check the path and try "
        "again.",
    ),
    "disk.failed": Text(
        "‘{name}’을(를) 쓰거나 읽다가 디스크가 실패했어요({reason}). 이미 있던 파일은 그대로예요. "
        "디스크를 살펴보고 다시 해 주세요.",
        "The disk failed at {name} ({reason}). Files that were there are unharmed: check the disk "
        "and try again.",
    ),
    "disk.in_use": Text(
        "다른 프로그램(프로세스 {pid}, 주소 {where})이 이 폴더를 쓰고 있어요. 둘이 함께 쓰면 "
        "파일이 섞이니 그쪽을 끄고 다시 해 주세요.",
        "Another process ({pid}, at {where}) is using this folder. Two of them would mix up the "
        "files: stop that one and try again.",
    ),
}

ROWS: dict[str, Text] = {**_DISK}
