"""Sentences about values that cannot be used, and the names of the settings."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "field.phrase": Text("아무말", "phrase"),
    "field.negative_prompt": Text("빼고 싶은 것", "negative prompt"),
    "field.width": Text("너비", "width"),
    "field.height": Text("높이", "height"),
    "field.steps": Text("단계 수", "steps"),
    "field.guidance": Text("말 따르는 세기(CFG)", "guidance (CFG)"),
    "field.sampler": Text("샘플러", "sampler"),
    "field.schedule": Text("스케줄", "schedule"),
    "field.tuning": Text("세밀한 설정", "finer settings"),
    "field.source": Text("시작하는 그림", "picture to start from"),
    "field.hires": Text("키우기", "second pass"),
    "field.eta": Text("새 잡음 비율(eta)", "eta"),
    "field.churn": Text("덧뿌리는 잡음(s_churn)", "churn (s_churn)"),
    "field.churn_least": Text("덧뿌리기 시작 시그마(s_tmin)", "churn from (s_tmin)"),
    "field.churn_most": Text("덧뿌리기 끝 시그마(s_tmax)", "churn up to (s_tmax)"),
    "field.noise_scale": Text("잡음 배율(s_noise)", "noise scale (s_noise)"),
    "field.sigma_least": Text("가장 작은 시그마", "smallest sigma"),
    "field.sigma_most": Text("가장 큰 시그마", "largest sigma"),
    "field.rho": Text("휘는 정도(rho)", "rho"),
    "field.clip_skip": Text("CLIP 건너뛰기", "CLIP skip"),
    "field.token_merging": Text("토큰 합치기", "token merging"),
    "field.vae": Text("VAE", "VAE"),
    "field.refiner": Text("이어 그릴 모델", "refiner"),
    "field.switch_at": Text("이어받는 때", "switch at"),
    "field.batch_size": Text("한 번에 그릴 장수", "batch size"),
    "field.rescale": Text("CFG 되돌리기", "CFG rescale"),
    "field.guidance_start": Text("CFG 시작 지점", "guidance from"),
    "field.guidance_end": Text("CFG 끝 지점", "guidance until"),
    "field.variation_seed": Text("변주 시드", "variation seed"),
    "field.variation_strength": Text("변주 세기", "variation strength"),
    "field.is_exact": Text("재현", "reproduce"),
    "field.image": Text("시작 그림", "start picture"),
    "field.mask": Text("마스크", "mask"),
    "field.strength": Text("바꾸는 정도", "strength"),
    "field.fit": Text("크기 맞추기", "fit"),
    "field.mask_blur": Text("마스크 번짐", "mask blur"),
    "field.content": Text("마스크 아래", "masked content"),
    "field.only_masked": Text("마스크 둘레만", "only masked"),
    "field.padding": Text("마스크 둘레 여백", "padding"),
    "field.is_inverted": Text("마스크 뒤집기", "invert mask"),
    "field.hires_scale": Text("키우는 배율", "upscale by"),
    "field.hires_steps": Text("두 번째 단계 수", "second pass steps"),
    "field.upscaler": Text("키우는 방법", "upscaler"),
    "field.template": Text("뽑기 전 프롬프트", "prompt template"),
    "field.seed": Text("시드", "seed"),
    "field.model": Text("그림 모델", "picture model"),
    "field.count": Text("몇 개", "count"),
    "field.surprise": Text("엉뚱함", "surprise"),
    "field.engine": Text("글 엔진", "text engine"),
    "field.families": Text("문장 갈래", "sentence families"),
    "field.syllables": Text("길이(글자 수)", "length (syllables)"),
    "field.mood": Text("분위기", "mood"),
    "field.topics": Text("넣을 낱말", "words to put in"),
    "field.order": Text("몇 마디 앞까지 보기", "order"),
    "field.temperature": Text("온도", "temperature"),
    "field.top_p": Text("누적 확률(top-p)", "top-p"),
    "field.top_k": Text("후보 수(top-k)", "top-k"),
    "field.repetition_penalty": Text("되풀이 벌점", "repetition penalty"),
    "field.no_repeat_ngram": Text("되풀이 금지 길이", "no-repeat n-gram"),
    "field.bad_words": Text("금지할 말", "banned words"),
    "field.max_tokens": Text("최대 토큰 수", "most tokens"),
    "field.prompt": Text("앞글", "prompt"),
    "field.rating": Text("들을 사람", "audience"),
    "request.text.empty": Text(
        "‘{field}’ 칸이 비어 있어요. 적힌 말이 없으면 시작할 수 없으니, 한마디 적어 주세요.",
        "The {field} is empty. There is nothing to work from: type a few words.",
    ),
    "request.text.long": Text(
        "‘{field}’ 칸의 글이 {length}자예요. 모델이 읽을 수 있는 길이를 훨씬 넘으니 "
        "{limit}자 아래로 줄여 주세요.",
        "The {field} has {length} characters. No model reads that much: "
        "shorten it to {limit} or fewer.",
    ),
    "request.text.broken": Text(
        "‘{field}’ 칸의 {position}번째 글자({code})가 반쪽만 남은 깨진 글자예요. "
        "저장할 수 없는 글자이니 지우고 다시 써 주세요.",
        "Character {position} of the {field} ({code}) is half of a broken character. "
        "It cannot be stored: delete it and type it again.",
    ),
    "request.text.control": Text(
        "‘{field}’ 칸의 {position}번째 글자({code})는 눈에 보이지 않는 제어 문자예요. "
        "글에 쓸 수 없으니 지우고 다시 써 주세요.",
        "Character {position} of the {field} ({code}) is an invisible control character. "
        "It cannot be used in text: delete it.",
    ),
    "request.number": Text(
        "‘{field}’ 칸의 ‘{value}’은(는) 쓸 수 있는 숫자가 아니에요. 숫자로 써 주세요.",
        "“{value}” is not a number that the {field} can use. Type a number.",
    ),
    "request.range": Text(
        "‘{field}’ 값 {value}은(는) 쓸 수 있는 범위를 벗어났어요. "
        "{low}부터 {high} 사이로 맞춰 주세요.",
        "The {field} {value} is out of range. Choose a value from {low} to {high}.",
    ),
    "request.multiple": Text(
        "‘{field}’ 값 {value}은(는) {multiple}의 배수가 아니에요. "
        "모델이 그림을 {multiple}픽셀 칸으로 나누어 그리니 {multiple}의 배수로 맞춰 주세요.",
        "The {field} {value} is not a multiple of {multiple}. The model draws in cells of "
        "{multiple} pixels: choose a multiple of {multiple}.",
    ),
    "request.pixels": Text(
        "{width}x{height} 그림은 너무 커서 그릴 수 없어요. "
        "전체 픽셀 수가 {limit}개를 넘지 않게 줄여 주세요.",
        "A picture of {width}x{height} is too large. Keep it within {limit} pixels in all.",
    ),
    "request.pixels_hires": Text(
        "키우고 나면 {width}x{height}이라 너무 커요. 키운 그림의 픽셀 수는 {limit}개까지예요. "
        "‘키우는 배율’을 {scale} 아래로 줄이거나 크기를 줄여 주세요.",
        "Made larger it would be {width}x{height}, which is too large: up to {limit} pixels. "
        "Choose a scale of {scale} or less, or a smaller size.",
    ),
    "request.hires_part": Text(
        "‘마스크 둘레만’과 ‘키우기’는 함께 쓸 수 없어요. 칠한 곳만 따로 그려서 원래 크기의 "
        "그림에 되돌려 넣으니까요. 둘 가운데 하나를 꺼 주세요.",
        "“Only masked” and “Upscale” do not go together: the masked part is drawn alone "
        "and put back into a picture of the old size. Switch one of the two off.",
    ),
    "request.memory": Text(
        "{width}x{height} 그림에는 메모리가 적어도 {needs}GB 드는데 이 컴퓨터에는 {total}GB가 "
        "있어요. {small} 아래로 줄이면 그릴 수 있어요.",
        "A picture of {width}x{height} takes {needs} GB of memory at least, and this machine has "
        "{total} GB. Up to about {small} would fit.",
    ),
    "request.memory_batch": Text(
        "{width}x{height} 그림을 한 번에 {count}장 그리려면 메모리가 적어도 {needs}GB 드는데 이 "
        "컴퓨터에는 {total}GB가 있어요. ‘한 번에 그릴 장수’를 1로 줄이면 그릴 수 있어요.",
        "{count} pictures of {width}x{height} in one go take {needs} GB of memory at least, and "
        "this machine has {total} GB. With a batch size of 1 it would fit.",
    ),
    "request.memory_none": Text(
        "이 모델은 메모리가 적어도 {needs}GB 드는데 이 컴퓨터에는 {total}GB가 있어서 어떤 크기로도 "
        "그릴 수 없어요. 더 작은 모델을 골라 주세요.",
        "This model takes {needs} GB of memory at least, and this machine has {total} GB: no size "
        "can be drawn with it here. Choose a smaller model.",
    ),
    "request.seed": Text(
        "시드 {value}은(는) 쓸 수 없어요. 0부터 {high} 사이의 정수나, "
        "매번 새로 뽑으려면 -1을 써 주세요.",
        "The seed {value} cannot be used. Use a whole number from 0 to {high}, "
        "or -1 for a new one every time.",
    ),
}
