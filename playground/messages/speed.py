"""Sentences about what makes drawing faster, and why it is not used just now."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "speed.compile.failed": Text(
        "torch.compile을 쓸 수 없어서 보통 속도로 그려요({reason}). "
        "C++ 컴파일러(g++, clang, Visual Studio)를 설치하거나 --compile을 빼 주세요.",
        "torch.compile does not work here, so pictures are drawn at the usual speed ({reason}). "
        "Install a C++ compiler (g++, clang, Visual Studio) or remove --compile.",
    ),
    "speed.compile.moved": Text(
        "모델을 조각조각 옮기며 그리는 중이라 torch.compile을 쓰지 않아요. "
        "--lowvram을 빼거나 --compile을 빼 주세요.",
        "torch.compile is not used, because the model is moved piece by piece while it draws. "
        "Remove --lowvram or --compile.",
    ),
    "speed.openvino.missing": Text(
        "OpenVINO가 설치되어 있지 않아서 torch로 그려요. "
        "pip install -r requirements-openvino.txt로 설치하거나 --openvino를 빼 주세요.",
        "OpenVINO is not installed, so torch draws. "
        "Run pip install -r requirements-openvino.txt, or remove --openvino.",
    ),
    "speed.openvino.gpu": Text(
        "OpenVINO는 CPU에서만 써요. 지금은 그래픽 카드로 그려요. "
        "CPU로 그리려면 --use-cpu를 함께 써 주세요.",
        "OpenVINO is used on CPUs only, and a GPU draws now. Add --use-cpu to draw on the CPU.",
    ),
    "speed.openvino.sdxl": Text(
        "이 모델(SDXL)은 OpenVINO로 그리지 못해서 torch로 그려요. 그림은 같고, 조금 느려요.",
        "OpenVINO is not used for this model (SDXL), so torch draws: the picture is the same, "
        "only slower.",
    ),
    "speed.openvino.merged": Text(
        "토큰 합치기는 OpenVINO로 못 해서 이 그림은 torch로 그려요. "
        "OpenVINO로 그리려면 토큰 합치기를 0으로 두세요.",
        "OpenVINO cannot merge tokens, so torch draws this picture. "
        "Set token merging to 0 to draw with OpenVINO.",
    ),
    "speed.openvino.worn": Text(
        "LoRA를 입은 모델은 OpenVINO로 못 그려서 이 그림은 torch로 그려요. "
        "LoRA를 빼면 다시 OpenVINO로 그려요.",
        "OpenVINO knows the model without its LoRA, so torch draws this picture. "
        "Without the LoRA OpenVINO draws again.",
    ),
    "speed.openvino.failed": Text(
        "OpenVINO를 쓸 수 없어서 torch로 그려요({reason}). "
        "다시 설치해 보거나 --openvino를 빼 주세요.",
        "OpenVINO does not work here, so torch draws ({reason}). "
        "Install it again, or remove --openvino.",
    ),
}
