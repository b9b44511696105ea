"""Sentences about conversion: what keeps a pickle from becoming a safetensors file."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "convert.not_pickle": Text(
        "{file} 파일은 바꿀 필요가 없거나 바꿀 수 없어요. 피클(.ckpt, .pt, .bin)만 바꿀 수 있으니 "
        "다른 파일을 골라 주세요.",
        "{file} need not or cannot be converted. Only pickles (.ckpt, .pt, .bin) can be: choose "
        "another file.",
    ),
    "convert.exists": Text(
        "{file} 파일이 이미 있어요. 있던 파일을 지우지 않으려고 멈췄어요. 치운 뒤 다시 해 주세요.",
        "There is a file {file} already. It is not replaced: move it away and try again.",
    ),
    "convert.refused": Text(
        "{file} 파일이 가중치 말고 다른 것을 쓰려고 해요({reason}). 코드를 실행하려는 파일일 수 "
        "있어 멈췄어요. safetensors 판을 받아 주세요.",
        "{file} wants to do more than hold weights ({reason}). It may try to run code, so it was "
        "stopped: get the safetensors edition.",
    ),
    "convert.cut_off": Text(
        "{file} 파일은 비어 있거나 끝까지 있지 않은 피클이에요. 받다가 끊긴 파일일 수 있으니 다시 "
        "받아 주세요.",
        "{file} is an empty or incomplete pickle. Its download may have stopped: get it again.",
    ),
    "convert.empty": Text(
        "{file} 파일에서 가중치를 찾지 못했어요. 다른 프로그램의 저장 파일일 수 있어요. "
        "safetensors 판을 받아 주세요.",
        "No weights were found in {file}; it may be some other program's file. Get the "
        "safetensors edition.",
    ),
    "convert.slow": Text(
        "{file} 파일을 바꾸는 데 너무 오래 걸려 멈췄어요. 컴퓨터가 바쁘거나 이상한 파일이에요. "
        "다른 프로그램을 닫고 다시 해 주세요.",
        "Converting {file} took too long and was stopped: the computer is busy or the file is "
        "odd. Close other programs and try again.",
    ),
    "convert.crashed": Text(
        "{file} 파일을 바꾸다가 멈췄어요. 메모리가 모자라거나 손상된 파일이에요. 다른 프로그램을 "
        "닫고 다시 하거나 safetensors 판을 받아 주세요.",
        "Converting {file} failed: not enough memory, or the file is damaged. Close other programs "
        "and try again, or get the safetensors edition.",
    ),
    "convert.no_torch": Text(
        "{file} 파일을 바꾸려면 torch가 필요한데 아직 없어요. 먼저 webui.sh(run.bat)를 한 번 "
        "실행해 주세요.",
        "Converting {file} needs torch, which is not installed yet. Run webui.sh (run.bat) once "
        "first.",
    ),
    "convert.old_torch": Text(
        "{file} 파일을 바꾸기에는 torch가 오래되었어요({reason}). 2.6 이전 것은 안전하지 않아요. "
        "torch를 새로 설치해 주세요.",
        "The installed torch is too old to convert {file} ({reason}); before 2.6 that is not "
        "safe. Install a newer torch.",
    ),
}
