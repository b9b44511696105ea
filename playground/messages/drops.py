"""Sentences of the field that takes a file."""

from __future__ import annotations

from playground.messages import Text

SCRIPT: dict[str, Text] = {
    "drop.sending": Text("‘{name}’ 읽는 중… {percent}%", "Reading {name}… {percent} %"),
    "drop.progress": Text("파일을 읽은 정도", "How far the file has been read"),
    "drop.ready": Text("‘{name}’ ({size}) 올라왔어요.", "{name} ({size}) was uploaded."),
    "drop.too_large": Text(
        "‘{name}’ 파일은 {size}라서 너무 커요. {limit}까지 받을 수 있으니 나누어 넣어 주세요.",
        "{name} has {size}, which is too much. Files up to {limit} can be taken: cut it up.",
    ),
    "drop.lost": Text(
        "‘{name}’ 파일을 받다가 연결이 끊겼어요. 다시 골라 주세요.",
        "The connection was lost while {name} was coming. Choose it again.",
    ),
    "drop.one": Text(
        "한 번에 파일 하나만 받을 수 있어요. 하나만 골라 주세요.",
        "One file at a time: choose one.",
    ),
    "drop.taken_out": Text("파일을 뺐어요.", "The file was taken out."),
    "drop.remove": Text("‘{name}’ 빼기", "Take {name} out"),
}

_SENTENCES: dict[str, Text] = {
    "drop.choose": Text("파일 고르기", "Choose a file"),
    "drop.hint": Text(
        "여기로 끌어다 놓아도 돼요. 50MB까지, 메모리에만 두고 한 시간 뒤에 지워요.",
        "Or drop it here. Up to 50 MB, kept in memory only and forgotten after an hour.",
    ),
    "drop.busy": Text(
        "여러 사람의 파일을 한꺼번에 받고 있어서 지금은 더 받을 수 없어요. "
        "잠시 뒤에 다시 골라 주세요.",
        "Files of several people are coming in at once, so there is no room for more now. Choose "
        "it again in a moment.",
    ),
    "drop.busy.source": Text(
        "같은 곳(주소나 로그인)에서 올리는 파일이 너무 많아요. 한 번에 {most}개, 100 MB까지예요. "
        "다른 사람도 올려야 하니 앞의 파일이 끝나면 다시 올려 주세요.",
        "Too many files are on their way from the same place (address or login): {most} and 100 MB "
        "at a time. Others want to hand over theirs too: send it again when those are done.",
    ),
    "drop.busy.own": Text(
        "이미 파일 {most}개를 받고 있어요. 다 받은 뒤에 다시 골라 주세요.",
        "{most} files of yours are coming in already. Choose it again when they are here.",
    ),
    "drop.slow": Text(
        "파일이 너무 천천히 와서 그만 받았어요. 연결을 살펴보고 다시 골라 주세요.",
        "The file came too slowly, so it was given up. Look at your connection and choose it "
        "again.",
    ),
    "drop.empty": Text(
        "‘{name}’은(는) 비어 있는 파일이에요. 내용이 든 파일을 골라 주세요.",
        "{name} is an empty file. Choose one with something in it.",
    ),
    "drop.gone": Text(
        "올려 둔 파일이 없어요. 한 시간이 지났거나, 뒤에 다른 파일들을 올렸거나, "
        "놀이터를 다시 켜서 지워졌으니 다시 골라 주세요.",
        "The file is gone: an hour has passed, other files came after it, or the playground was "
        "started again. Choose it again.",
    ),
    "drop.large": Text(
        "파일이 {size}라서 너무 커요. {limit}까지 받을 수 있으니 나누어 넣어 주세요.",
        "The file has {size}, which is too much. Files up to {limit} can be taken: cut it up.",
    ),
}

ROWS: dict[str, Text] = {**SCRIPT, **_SENTENCES}
