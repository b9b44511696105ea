"""Sentences about the machine: which device draws, how a model fits there, and why not better."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    # which device
    "device.no_gpu": Text(
        "쓸 수 있는 그래픽 카드가 없어서 CPU로 그려요. 그래픽 메모리를 아끼는 옵션은 빼도 돼요.",
        "There is no GPU to use, so the CPU draws. The flags that save graphics memory can go.",
    ),
    "device.driver": Text(
        "그래픽 카드 드라이버를 쓸 수 없어서 CPU로 그려요({reason}). "
        "드라이버를 새로 설치하고 다시 켜 주세요.",
        "The driver of the GPU cannot be used, so the CPU draws ({reason}). "
        "Install a newer driver and start again.",
    ),
    "device.refused": Text(
        "{number}번 그래픽 카드가 메모리를 내주지 않아서 CPU로 그려요({reason}). "
        "그래픽 카드를 쓰는 다른 프로그램을 닫거나 컴퓨터를 껐다 켜 주세요.",
        "GPU number {number} gave no memory, so the CPU draws ({reason}). "
        "Close other programs that use it, or restart the computer.",
    ),
    "device.no_number": Text(
        "{number}번 그래픽 카드가 없어서 CPU로 그려요. 카드는 모두 {count}개예요. "
        "--device-id에 0부터 {last}까지 가운데 하나를 써 주세요.",
        "There is no GPU number {number}, so the CPU draws. There are {count} of them: "
        "use a --device-id from 0 to {last}.",
    ),
    "device.too_new": Text(
        "{name} 카드(연산 성능 {own})는 설치된 torch보다 새 카드라 CPU로 그려요. "
        "이 torch는 {known}까지만 알아요. 더 새로운 CUDA용 torch를 설치해 주세요.",
        "The GPU {name} (compute capability {own}) is newer than the installed torch, which knows "
        "cards up to {known}, so the CPU draws. Install a torch built for a newer CUDA.",
    ),
    "device.too_old": Text(
        "{name} 카드(연산 성능 {own})는 설치된 torch가 더는 지원하지 않아서 CPU로 그려요. "
        "이 torch는 {known}부터 알아요. 더 오래된 CUDA용 torch를 설치해 주세요.",
        "The GPU {name} (compute capability {own}) is older than what the installed torch supports "
        "({known} and up), so the CPU draws. Install a torch built for an older CUDA.",
    ),
    # how a model fits there
    "plan.plain": Text("{device}에서 {dtype}(으)로 그려요.", "Drawing on {device} in {dtype}."),
    "plan.none": Text(
        "{device}에서 {dtype}(으)로 그려요. 모델에 {needs} GB가 필요하고 {free} GB가 비어 있어서 "
        "한꺼번에 올려 두어요.",
        "Drawing on {device} in {dtype}. The model needs {needs} GB and {free} GB are free, so all "
        "of it stays there.",
    ),
    "plan.model": Text(
        "{device}에서 {dtype}(으)로 그려요. 모델에 {needs} GB가 필요한데 {free} GB만 비어 있어서 "
        "부분마다 번갈아 올려요({takes} GB). 조금 느려요.",
        "Drawing on {device} in {dtype}. The model needs {needs} GB, only {free} GB are free: its "
        "parts take turns there ({takes} GB), a little slower.",
    ),
    "plan.group": Text(
        "{device}에서 {dtype}(으)로 그려요. 모델에 {needs} GB가 필요한데 {free} GB만 비어 있어서 "
        "블록마다 번갈아 올려요({takes} GB). 느려요.",
        "Drawing on {device} in {dtype}. The model needs {needs} GB, only {free} GB are free: its "
        "blocks take turns there ({takes} GB), slower.",
    ),
    "plan.sequential": Text(
        "{device}에서 {dtype}(으)로 그려요. 모델에 {needs} GB가 필요한데 {free} GB만 비어 있어서 "
        "층마다 번갈아 올려요({takes} GB). 많이 느려요.",
        "Drawing on {device} in {dtype}. The model needs {needs} GB, only {free} GB are free: its "
        "layers take turns there ({takes} GB), much slower.",
    ),
    "plan.thrifty": Text(
        "{device}에서 {dtype}(으)로 그려요. 메모리를 아껴서 {needs} GB 가운데 {takes} GB만 써요. "
        "{free} GB가 비어 있어요.",
        "Drawing on {device} in {dtype}, saving memory: {takes} GB instead of {needs} GB are taken "
        "of the {free} GB that are free.",
    ),
    "plan.tight": Text(
        "{device}에서 {dtype}(으)로 그려요. {takes} GB가 필요한데 {free} GB밖에 비어 있지 않아서 "
        "아주 느리거나 도중에 멈출 수 있어요. 다른 프로그램을 닫거나 그림을 작게 해 주세요.",
        "Drawing on {device} in {dtype}. It takes {takes} GB but only {free} GB are free, so it "
        "may be very slow or stop midway. Close other programs or make the picture smaller.",
    ),
    "plan.tiled": Text(
        "메모리를 아끼려고 마지막 단계(VAE)는 조각으로 나눠 해요.",
        "To save memory, the last step (the VAE) works in tiles.",
    ),
    "plan.fp8": Text(
        "--fp8 옵션대로 가중치를 8비트로 두어요. 같은 시드라도 그림이 조금 달라져요.",
        "As --fp8 asks, weights are stored in 8 bits: the same seed gives a slightly "
        "different picture.",
    ),
    "plan.full": Text(
        "{name}에 {free} GB밖에 비어 있지 않아서 CPU로 그려요. "
        "아무리 아껴도 {takes} GB가 필요해요. "
        "그래픽 카드를 쓰는 다른 프로그램을 닫거나 그림을 작게 해 주세요.",
        "Only {free} GB are free on {name}, and the thriftiest way takes {takes} GB, so the CPU "
        "draws. Close other programs that use it or make the picture smaller.",
    ),
    "plan.learnt": Text(
        "이 기기에서 이만한 그림을 그리다가 메모리가 모자란 적이 있어서 더 아끼는 방법을 골랐어요.",
        "Memory ran out here before at such a size, so a way that needs less was chosen.",
    ),
    # attention
    "attention.missing": Text(
        "xformers가 설치되어 있지 않아서 torch의 어텐션(SDPA)으로 그려요. "
        "--xformers를 빼거나 xformers를 설치해 주세요.",
        "xformers is not installed, so torch's own attention (SDPA) is used. "
        "Remove --xformers or install it.",
    ),
    "attention.raised": Text(
        "xformers를 쓸 수 없어서 torch의 어텐션(SDPA)으로 그려요({reason}). "
        "--xformers를 빼거나, 지금 torch에 맞는 xformers를 설치해 주세요.",
        "xformers does not work here, so torch's own attention (SDPA) is used ({reason}). "
        "Remove --xformers or install one that fits this torch.",
    ),
    "attention.crashed": Text(
        "xformers를 시험해 보니 프로그램이 죽어서({reason}) torch의 어텐션(SDPA)으로 그려요. "
        "--xformers를 빼거나, 지금 torch에 맞는 xformers를 설치해 주세요.",
        "Trying xformers crashed ({reason}), so torch's own attention (SDPA) is used. "
        "Remove --xformers or install one that fits this torch.",
    ),
    "attention.silent": Text(
        "xformers를 시험해 보았지만 {seconds}초가 지나도 답이 없어서 "
        "torch의 어텐션(SDPA)으로 그려요. --xformers를 빼 주세요.",
        "Trying xformers gave no answer within {seconds} seconds, so torch's own attention (SDPA) "
        "is used. Remove --xformers.",
    ),
    "attention.wrong": Text(
        "xformers가 torch와 다른 값을 내놓아서(차이 {difference}) torch의 어텐션(SDPA)으로 그려요. "
        "--xformers를 빼거나, 지금 torch에 맞는 xformers를 설치해 주세요.",
        "xformers computes other numbers than torch (off by {difference}), so torch's own "
        "attention (SDPA) is used. Remove --xformers or install one that fits this torch.",
    ),
}
