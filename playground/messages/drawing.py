"""Sentences of the Draw tab; a control is labelled with the name that an error gives its field."""

from __future__ import annotations

from playground.messages import Text
from playground.messages.requests import ROWS as REQUESTS

_NAMED = (
    *("negative_prompt", "model", "steps", "width", "height", "count", "sampler", "schedule"),
    *("eta", "sigma_least", "sigma_most", "rho", "churn", "churn_least", "churn_most"),
    *("noise_scale", "guidance", "rescale", "guidance_start", "guidance_end", "clip_skip"),
    *("variation_seed", "variation_strength", "hires_scale", "upscaler", "hires_steps"),
    *("fit", "strength", "mask_blur", "content", "only_masked", "padding", "is_inverted"),
    *("vae", "refiner", "switch_at", "batch_size", "token_merging"),
)

LABELS: dict[str, Text] = {
    **{f"drawing.{name}": REQUESTS[f"field.{name}"] for name in _NAMED},
    "drawing.tab": Text("그리기", "Draw"),
    "page.model": Text("그림 모델", "Picture model"),
    "page.model.hint": Text(
        "고르면 그 모델에 맞는 설정으로 바뀌어요.", "Choosing one brings the settings that suit it."
    ),
    "drawing.phrase": Text("아무말 (그림의 제목이 돼요)", "Phrase (becomes the title)"),
    "drawing.phrase.hint": Text("예: 우산 쓴 고래", "e.g. 우산 쓴 고래 (a whale with an umbrella)"),
    "drawing.from_phrase": Text("말로부터", "From the phrase"),
    "drawing.prompt": Text("프롬프트", "Prompt"),
    "drawing.prompt.hint": Text(
        "모델이 받는 글이에요. 비워 두면 아무말로 만들어요.",
        "What the model gets. Left empty, it is made of the phrase.",
    ),
    "drawing.styles": Text("스타일", "Styles"),
    "drawing.seed": Text("시드 (-1이면 매번 새로)", "Seed (-1: a new one every time)"),
    "drawing.reroll": Text("시드 새로", "New seed"),
    "drawing.shape": Text("모양", "Shape"),
    "drawing.shape.square": Text("정사각형", "Square"),
    "drawing.shape.upright": Text("세로로 길게", "Upright"),
    "drawing.shape.wide": Text("가로로 길게", "Wide"),
    "drawing.start": Text("그림 그리기", "Draw it"),
    "drawing.stop": Text("멈추기", "Stop it"),
    "drawing.preset": Text("이 모델의 설정", "Settings for this model"),
    "drawing.group.parts": Text("LoRA·임베딩", "LoRA and embeddings"),
    "drawing.group.sampling": Text("샘플러와 크기", "Sampler and size"),
    "drawing.group.model": Text("VAE와 이어 그리기", "VAE and refiner"),
    "drawing.group.guidance": Text("세기", "Guidance"),
    "drawing.group.variation": Text("변주", "Variation"),
    "drawing.group.hires": Text("키우기", "Upscale"),
    "drawing.group.source": Text("그림에서 시작", "Start from a picture"),
    "drawing.group.mask": Text("마스크", "Mask"),
    "drawing.group.exact": Text("재현과 빠르기", "Reproduce, or be quick"),
    "drawing.hires": Text("크게 한 번 더 그리기", "Draw once more, larger"),
    "drawing.hires_strength": REQUESTS["field.strength"],
    "drawing.is_exact": Text("늘 같은 결과를 내는 계산만 쓰기", "Deterministic algorithms only"),
    "draw-image.file": Text("시작할 그림 올리기", "A picture to start from"),
    "draw-mask.file": Text("마스크 올리기 (흰 곳을 다시 그려요)", "A mask (white is drawn anew)"),
    "drawing.remove": Text("시작 그림 빼기", "Take the picture out"),
    "drawing.read": Text("이 그림의 설정 가져오기", "Take its settings over"),
    "drawing.fit.crop": Text("넘치는 곳 자르기", "Crop"),
    "drawing.fit.stretch": Text("늘이기", "Stretch"),
    "drawing.fit.pad": Text("모자란 곳 채우기", "Pad"),
    "drawing.content.original": Text("원래 그림", "The picture"),
    "drawing.content.fill": Text("둘레 색", "Colours around it"),
    "drawing.content.noise": Text("잡음", "Noise"),
    "drawing.content.nothing": Text("비움", "Nothing"),
}

SCRIPT: dict[str, Text] = {
    "drawing.stage": Text("그리기 탭의 그림", "Picture of the Draw tab"),
    "drawing.polish": Text("다듬기", "Refine"),
    "drawing.send.source": Text("이 그림에서 시작", "Start from this"),
    "drawing.send.mask": Text("마스크 칠하기", "Paint a mask"),
    "drawing.send.hires": Text("크게 다시", "Larger"),
    "drawing.send.enlarge": Text("그대로 크게", "Enlarge as it is"),
    "drawing.start.alt": Text("시작할 그림", "The picture to start from"),
    "parts.lora": Text("LoRA", "LoRA"),
    "parts.embedding": Text("임베딩", "embedding"),
    "parts.for": Text("{family} 모델용", "for {family}"),
    "parts.other": Text(
        "{family} 모델용이라 지금 고른 모델에는 쓸 수 없어요: {name}",
        "{name} is for {family} and cannot be used with the chosen model.",
    ),
    "parts.weight": Text("{name} 세기", "Weight of {name}"),
    "parts.negative": Text("빼고 싶은 것에", "as negative"),
    "parts.words": Text("부르는 말", "Trigger words"),
    "parts.more_words": Text("+{count}", "+{count}"),
    "parts.put": Text("프롬프트에 넣었어요: {name}", "Put into the prompt: {name}"),
    "parts.taken": Text("프롬프트에서 뺐어요: {name}", "Taken out of the prompt: {name}"),
    "parts.none_found": Text("그런 이름은 없어요.", "Nothing by that name."),
    "parts.unknown": Text(
        "프롬프트에 적힌 LoRA ‘{name}’, 여기에는 없는 이름이에요.{nearest}",
        "The prompt names a LoRA “{name}” that is not here.{nearest}",
    ),
    "parts.nearest": Text(" 비슷한 이름: {name}", " Nearest: {name}"),
    "mask.canvas": Text(
        "마스크 그림판. 화살표로 움직이고 Space로 칠해요.",
        "Mask canvas. Arrow keys move, Space paints.",
    ),
    "mask.painted": Text("칠했어요.", "Painted."),
    "mask.erased": Text("지웠어요.", "Erased."),
    "mask.cleared": Text("마스크를 비웠어요.", "The mask is empty."),
    "mask.inverted": Text("뒤집었어요.", "Inverted."),
    "mask.undone": Text("한 번 되돌렸어요.", "One step undone."),
    "mask.lost": Text(
        "칠한 마스크를 보내다가 연결이 끊겼어요. 다시 칠해 주세요.",
        "The connection was lost while the mask was sent. Paint once more.",
    ),
}

_SENTENCES: dict[str, Text] = {
    "drawing.welcome": Text(
        "프롬프트나 아무말을 쓰고 빨간 단추를 누르세요.",
        "Write a prompt or a phrase and press the red button.",
    ),
    "drawing.keys": Text("Ctrl+Enter 시작 · Esc 중단", "Ctrl+Enter starts · Esc stops"),
    "drawing.reads.caption": Text(
        "‘{model}’, 짧은 한국어 설명을 읽는 모델이에요. 예: 파란 고양이와 장미",
        "“{model}” reads short Korean captions, e.g. 파란 고양이와 장미 (a blue cat and a rose)",
    ),
    "drawing.reads.en": Text(
        "‘{model}’, 영어를 읽는 모델이에요. 우리말로 쓰면 영어로 풀어서 들려줘요.",
        "“{model}” reads English. Korean is put into English for it.",
    ),
    "drawing.reads.ko": Text(
        "‘{model}’은(는) 우리말을 그대로 읽어요.",
        "“{model}” reads Korean as it is written.",
    ),
    "drawing.reads.unknown": Text(
        "‘{model}’, 목록에 없는 이름이에요. 혹시 ‘{nearest}’을(를) 찾으셨나요?",
        "“{model}” is not in the list. Did you mean “{nearest}”?",
    ),
    "drawing.reads.far": Text(
        "‘{model}’, 목록에 없는 이름이에요. 목록에서 골라 주세요.",
        "“{model}” is not in the list: choose one that is.",
    ),
    "drawing.meter": Text("토큰 {used}/{limit}", "Tokens {used}/{limit}"),
    "drawing.said": Text("모델이 읽을 말", "The model will read"),
    "drawing.meter.cut": Text(
        "한 번에 배운 길이를 넘어서 잘 안 들리는 부분:",
        "Beyond the length it learnt, so hardly heard:",
    ),
    "drawing.hint.sampling": Text(
        "잡음을 그림으로 바꾸는 방법이에요. 잘 모르겠으면 그대로 두세요. eta의 -1과 시그마의 0은 "
        "‘샘플러가 정한 대로’라는 뜻이에요.",
        "How noise becomes a picture. If in doubt, leave it. -1 for eta and 0 for sigmas mean "
        "“as the sampler has it”.",
    ),
    "drawing.hint.guidance": Text(
        "말을 얼마나 곧이곧대로 따를지예요. 너무 세면 색이 타요.",
        "How closely the words are followed. Too much burns the colours.",
    ),
    "drawing.hint.variation": Text(
        "같은 시드의 그림을 다른 시드 쪽으로 조금만 바꿔요. 세기 0은 끔, 0.1이면 살짝.",
        "Bends the picture of a seed a little towards another seed. 0 is off, 0.1 is slight.",
    ),
    "drawing.hint.hires": Text(
        "다 그린 그림을 키워서 그 위에 한 번 더 그려요. "
        "Latent는 바꾸는 정도가 0.5 이상일 때 좋아요. 0이면 키우기만 해요.",
        "Enlarges the finished picture and draws over it. Latent wants a strength of 0.5 or more; "
        "at 0 it is made larger and nothing else.",
    ),
    "drawing.hint.source": Text(
        "올린 그림이나 앨범의 그림에서 시작해요. 바꾸는 정도가 작을수록 원래 그림이 많이 남아요.",
        "Begins with a picture of yours or of the album. A small strength keeps more of it.",
    ),
    "drawing.hint.exact": Text(
        "늘 같은 계산만 쓰면 비트까지 같은 그림이 나와요(그래픽카드에서는 조금 느려요). 토큰 "
        "합치기는 거꾸로, 닮은 곳을 묶어서 빨라지는 대신 덜 꼼꼼해져요. 0이면 꺼요.",
        "Deterministic algorithms give the same bits, a little slower on graphics cards. Token "
        "merging joins what is alike: quicker, and coarser. 0 is off.",
    ),
    "drawing.hint.parts": Text(
        "그림체나 낱말을 더하는 작은 파일이에요. 누르면 프롬프트에 들어가고, 다시 누르면 빠져요.",
        "Small files that add a style or a word. Press one to put it into the prompt, press it "
        "again to take it out.",
    ),
    "drawing.hint.model": Text(
        "색을 푸는 VAE만 바꾸거나, 뒷부분 단계를 다른 모델에게 넘길 수 있어요. 잘 모르겠으면 "
        "그대로 두세요.",
        "Another VAE turns latents into colours; a refiner takes over the last steps. If in "
        "doubt, leave both.",
    ),
    "drawing.start.empty": Text(
        "아직 시작할 그림이 없어요. 올리거나, 앨범의 그림을 열고 ‘이 그림에서 시작’을 눌러 보세요.",
        "No picture yet. Upload one, or open one of the album and press “Start from this”.",
    ),
    "mask.empty": Text(
        "먼저 ‘그림에서 시작’에 그림을 넣으면 그 위에 칠할 수 있어요.",
        "Put a picture into “Start from a picture” first; then you can paint on it.",
    ),
    "mask.help": Text(
        "칠한 곳만 다시 그려요. 키보드: 화살표 이동, Space 칠하기, [ ] 붓 크기, Z 되돌리기.",
        "Only what is painted is drawn anew. Keys: arrows move, Space paints, [ ] size, Z undoes.",
    ),
    "mask.brush": Text("붓", "Brush"),
    "mask.eraser": Text("지우개", "Eraser"),
    "mask.size": Text("굵기", "Size"),
    "mask.undo": Text("되돌리기", "Undo"),
    "mask.invert": Text("칠 뒤집기", "Invert paint"),
    "mask.clear": Text("다 지우기", "Clear"),
    "drawing.read.no_file": Text(
        "설정을 읽을 파일이 없어요. 설정은 올린 파일에서만 읽을 수 있으니, PNG, JPEG, WebP 파일을 "
        "먼저 올려 주세요.",
        "There is no file to read settings from: upload a picture first.",
    ),
    "drawing.read.nothing": Text(
        "이 파일에는 읽을 수 있는 설정이 적혀 있지 않아요. 아무말 놀이터나 A1111, Forge가 저장한 "
        "PNG, JPEG, WebP 원본을 올려 주세요. 메신저를 거치면 설정이 지워져요.",
        "This file has no settings that can be read here. Upload the PNG, JPEG or WebP as this "
        "page, A1111 or Forge saved it: messengers strip the settings.",
    ),
    "drawing.read.foreign": Text(
        "이 그림의 설정은 {program} 방식으로 적혀 있어서 아직 읽지 못해요. 칸은 하나도 바꾸지 "
        "않았어요. 프롬프트는 그 프로그램에서 베껴 와 주세요.",
        "The settings of this picture are in the form of {program}, which cannot be read here yet. "
        "Nothing was changed: please copy the prompt from that program.",
    ),
    "drawing.read.left_out_more": Text(
        "설정을 가져왔어요. 여기에 없어서 가져오지 못한 것: {names} 외 {more}개",
        "The settings are here. Left out, because there is nothing like it here: {names} and "
        "{more} more",
    ),
    "drawing.read.left_out": Text(
        "설정을 가져왔어요. 여기에 없어서 가져오지 못한 것: {names}",
        "The settings are here. Left out, because there is nothing like it here: {names}",
    ),
    "field.device_id": Text("그래픽 카드 번호", "GPU number"),
    "cli.setting.suited": Text(
        "기본값 {value}, 다른 모델이면 그 모델에 맞게",
        "default {value}; with another model what suits it",
    ),
    "used.model": Text("모델 {name}", "model {name}"),
    "used.network": Text("{kind} {name} ({weight})", "{kind} {name} ({weight})"),
    "used.embedding": Text("임베딩 {name}", "embedding {name}"),
    "used.vae": Text("VAE {name}", "VAE {name}"),
    "used.upscaler": Text("키우기 {name}", "upscaled by {name}"),
    "used.refiner": Text(
        "{percent}%부터 이어 그린 모델 {name}", "refined by {name} from {percent}% on"
    ),
    "drawing.vae.own": Text("모델에 든 것 그대로", "The model's own"),
    "drawing.refiner.none": Text("쓰지 않음", "None"),
    "drawing.part.other": Text("{name} ({family} 모델용)", "{name} (for {family})"),
    "drawing.preset.usual": Text("보통", "Usual"),
    "drawing.preset.chosen": Text(
        "이름에 ‘{preset}’ 글자가 있어서 골랐어요.", "Chosen because the name says {preset}."
    ),
    "drawing.preset.chosen.kind": Text(
        "{preset} 모델이라서 골랐어요.", "Chosen because it is an {preset} model."
    ),
    "drawing.preset.better.kind": Text(
        "{preset} 모델이라서 그 설정을 권해요.",
        "It is an {preset} model: its settings are likely to suit better.",
    ),
    "drawing.preset.better": Text(
        "이름에 ‘{preset}’ 글자가 있어서 그 설정을 권해요.",
        "The name says {preset}: its settings are likely to suit better.",
    ),
    "drawing.family.crayon": Text("크레용", "the crayon"),
    "drawing.family.sd15": Text("SD 1.5", "SD 1.5"),
    "drawing.family.sd2": Text("SD 2", "SD 2"),
    "drawing.family.sdxl": Text("SDXL", "SDXL"),
    "drawing.family.sdxl-refiner": Text("SDXL 리파이너", "the SDXL refiner"),
    "parts.empty": Text(
        "아직 LoRA도 임베딩도 없어요. 받은 safetensors 파일을 data/models 폴더에 넣거나, 시작할 때 "
        "--models-dir로 폴더를 알려 주면 여기에 나타나요.",
        "No LoRA and no embedding yet. Put a safetensors file into data/models, or name its "
        "folder with --models-dir when you start, and it shows up here.",
    ),
    "parts.open_models": Text("모델 탭 열기", "Open the Models tab"),
    "parts.search": Text("이름이나 낱말로 찾기", "Find by name or word"),
}

_SAMPLERS: dict[str, Text] = {
    "DDIM": Text("크레용의 짝. 몇 단계면 충분해요", "the crayon's own; few steps are enough"),
    "Euler": Text("담백하고 믿음직해요", "plain and dependable"),
    "Euler a": Text("걸음마다 잡음을 더해 엉뚱해요", "adds noise at every step"),
    "Heun": Text("꼼꼼하고 두 배 느려요", "exact, and twice as slow"),
    "DPM2": Text("꼼꼼하고 두 배 느려요", "exact, and twice as slow"),
    "DPM2 a": Text("DPM2에 잡음을 더해요", "DPM2 with noise on the way"),
    "DPM++ 2S a": Text("두 배 느리고 잡음을 더해요", "twice as slow, adds noise"),
    "DPM++ 2M": Text("20단계면 좋아요. SD의 기본", "good after 20 steps; the usual for SD"),
    "DPM++ SDE": Text("느리지만 촘촘해요", "slow and detailed"),
    "DPM++ 2M SDE": Text("세밀한 그림", "rich detail"),
    "DPM++ 2M SDE Heun": Text("2M SDE를 더 매끈하게", "2M SDE, smoother"),
    "DPM++ 3M SDE": Text("30단계부터", "30 steps or more"),
    "UniPC": Text("10단계면 좋아요", "good after 10 steps"),
    "LMS": Text("옛 방식", "an old method"),
    "PLMS": Text("SD 1.4가 쓰던 방식", "what SD 1.4 came with"),
    "DDPM": Text("50단계부터", "50 steps or more"),
    "LCM": Text("LCM 모델용, 4~8단계", "for LCM models, 4 to 8 steps"),
    "TCD": Text("TCD·Hyper 모델용", "for TCD and Hyper models"),
}
_SCHEDULES: dict[str, Text] = {
    "Automatic": Text("샘플러에 맞춰 알아서", "what suits the sampler"),
    "Trailing": Text("맨 끝 잡음부터 고르게", "evenly, from the very last timestep"),
    "Uniform": Text("시간에 고르게", "evenly over the timesteps"),
    "Karras": Text("잡음이 적은 쪽을 촘촘히", "more steps where little noise is left"),
    "Exponential": Text("로그 시그마에 고르게", "evenly over log sigma"),
    "Polyexponential": Text("그것을 rho로 휘어요", "the same, bent by rho"),
    "SGM Uniform": Text("SDXL 코드의 방식", "as in SDXL's own code"),
    "KL Optimal": Text("적은 단계에 맞춘 간격", "spaced for few steps"),
    "Simple": Text("끝에서부터 n번째마다", "every n-th, counted from the end"),
    "DDIM": Text("처음부터 n번째마다", "every n-th, counted from the beginning"),
    "Beta": Text("양 끝을 촘촘히", "more steps at both ends"),
}

ROWS: dict[str, Text] = {
    **LABELS,
    **SCRIPT,
    **_SENTENCES,
    **{f"drawing.sampler.{name}": row for name, row in _SAMPLERS.items()},
    **{f"drawing.schedule.{name}": row for name, row in _SCHEDULES.items()},
}
