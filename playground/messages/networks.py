"""Sentences about what a model wears: LoRAs, embeddings, other VAEs, previews by TAESD."""

from __future__ import annotations

from playground.messages import Text

_PARTS: dict[str, Text] = {
    "part.none": Text(
        "‘{name}’이(가) 없어요. {wanted} 파일이 모델 폴더에 하나도 없으니, safetensors 파일을 "
        "모델 폴더에 넣고 다시 해 주세요.",
        "There is no “{name}”. No file of the kind {wanted} lies in the model folders: put its "
        "safetensors file there and try again.",
    ),
    "part.unknown": Text(
        "{wanted} 가운데 ‘{name}’이(가) 없어요. 이름이 정확히 같아야 해요. 비슷한 이름은 "
        "{nearest}이에요.",
        "There is no {wanted} named “{name}”; names must match exactly. The nearest: {nearest}.",
    ),
    "part.kind": Text(
        "‘{name}’은(는) {wanted} 파일이 아니에요(종류: {kind}). 그 자리에 쓸 수 없으니 다른 파일을 "
        "골라 주세요.",
        "“{name}” is no {wanted} but: {kind}. It cannot be used there: choose another file.",
    ),
}

ROWS: dict[str, Text] = {**_PARTS}
