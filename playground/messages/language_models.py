"""Sentences about language models and the folders they lie in."""

from __future__ import annotations

from playground.messages import Text

_GET = "KoGPT2와 같은 꼴의 폴더(config.json, tokenizer.json, model.safetensors)를 다시 받아 주세요."
_GET_EN = (
    "Get the folder again, in KoGPT2's layout (config.json, tokenizer.json, model.safetensors)."
)

ROWS: dict[str, Text] = {
    "language.unknown": Text(
        "‘{model}’은(는) 글 모델이 아니라서 글을 쓸 수 없어요. 이 중에서 골라 주세요: {known}",
        "“{model}” is not a language model, so it cannot write. Choose one of: {known}",
    ),
    "language.no_folder": Text(
        "‘{model}’ 글 모델은 폴더가 아니에요. 글 모델은 파일 여러 개로 되어 있으니, "
        "config.json이 들어 있는 폴더를 골라 주세요.",
        "The language model “{model}” is not a folder. A language model is several files: choose "
        "the folder that holds config.json.",
    ),
    "language.config": Text(
        "‘{model}’ 폴더의 {file}을(를) 읽을 수 없어서({reason}) 어떤 모델인지 알 수 없어요. "
        + _GET,
        "{file} of “{model}” cannot be read ({reason}), so nobody knows what model it is. "
        + _GET_EN,
    ),
    "language.kind": Text(
        "‘{model}’ 폴더는 GPT-2가 아니라 ‘{kind}’ 모델이에요. 여기서는 GPT-2 꼴의 글 모델만 쓸 수 "
        "있으니 다른 폴더를 골라 주세요.",
        "“{model}” is not a GPT-2 but a “{kind}” model. Only GPT-2 language models can be used "
        "here: choose another folder.",
    ),
    "language.no_weights": Text(
        "‘{model}’ 폴더에 model.safetensors가 없어서 쓸 것이 없어요. " + _GET,
        "There is no model.safetensors in “{model}”, so there is nothing to use. " + _GET_EN,
    ),
    "language.pickle": Text(
        "‘{model}’ 폴더에는 피클({file})만 있어요. 여는 순간 아무 코드나 실행할 수 있어서 열지 "
        "않아요. `python -m models convert {file} model.safetensors`로 바꾸거나 safetensors 판을 "
        "받아 주세요.",
        "“{model}” holds only a pickle ({file}). Opening one can run any code, so it is never "
        "opened. Convert it with `python -m models convert {file} model.safetensors`, or get the "
        "safetensors edition.",
    ),
    "language.no_tokenizer": Text(
        "‘{model}’ 폴더에 {file}이 없어서 글을 토큰으로 나눌 수 없어요. " + _GET,
        "There is no {file} in “{model}”, so text cannot be taken apart into tokens. " + _GET_EN,
    ),
    "language.tokenizer": Text(
        "‘{model}’ 폴더의 {file}을(를) 읽을 수 없어요({reason}). 낱말 사전이 없으면 쓸 수 없어요. "
        + _GET,
        "{file} of “{model}” cannot be read ({reason}). Nothing works without its vocabulary. "
        + _GET_EN,
    ),
    "language.tokenizer_hangs": Text(
        "‘{model}’ 폴더의 {file}을(를) 따로 시험해 보니 끝나지 않거나 메모리를 다 써서 열지 "
        "않아요. 프로그램이 멈추지 않게 하려는 거예요. " + _GET,
        "{file} of “{model}” was tried in a process apart and never ended or took all memory, so "
        "it is not opened: the program would stop. " + _GET_EN,
    ),
    "language.tokenizer_failed": Text(
        "이 모델의 {file}이(가) 이 글을 나누다가 실패했어요. 파일에 적힌 규칙이 감당하지 못하는 "
        "글이니 다른 글이나 다른 모델을 골라 주세요.",
        "{file} of this model failed while it took this text apart. Its rules cannot cope with "
        "the text: choose other words or another model.",
    ),
    "language.quantised": Text(
        "‘{model}’ 폴더의 {file}에 양자화된 모델이라고 적혀 있어요. 그런 가중치는 다른 프로그램만 "
        "풀 수 있으니 줄이지 않은 판(fp32, fp16)을 받아 주세요.",
        "{file} of “{model}” says that the model is quantised. Only other programs unpack such "
        "weights: get the edition that is not (fp32, fp16).",
    ),
    "language.not_finite": Text(
        "‘{model}’ 모델의 가중치({tensor})에 수가 아닌 값(NaN이나 무한대)이 있어요. 이런 모델은 "
        "아무 말도 고르지 못하니 열지 않았어요. " + _GET,
        "The weights of “{model}” ({tensor}) hold values that are no numbers (NaN or infinity). "
        "Such a model cannot choose any word, so it was not opened. " + _GET_EN,
    ),
    "language.no_end": Text(
        "‘{model}’ 모델의 사전에 글의 끝을 뜻하는 토큰(</s>)이 없어서 언제 멈출지 알 수 없어요. "
        + _GET,
        "The vocabulary of “{model}” has no token for the end of a text (</s>), so nobody knows "
        "when it is finished. " + _GET_EN,
    ),
    "language.grown": Text(
        "‘{model}’ 모델의 사전이 열면서 {tokens}개에서 {found}개로 늘었어요. 모델이 배우지 않은 "
        "토큰이 섞이면 엉뚱한 글자가 나오니 열지 않아요. " + _GET,
        "The vocabulary of “{model}” grew from {tokens} to {found} tokens while it was opened. "
        "The model never learnt those, so it is not used. " + _GET_EN,
    ),
    "language.vocabulary": Text(
        "‘{model}’ 모델의 사전은 {tokens}개인데 모델에는 {rows}칸뿐이에요. 서로 다른 모델의 "
        "파일이 섞인 것 같아 열지 않아요. " + _GET,
        "The vocabulary of “{model}” has {tokens} tokens but the model has room for {rows}. Files "
        "of different models seem to be mixed, so it is not used. " + _GET_EN,
    ),
    "language.drops_hangul": Text(
        "‘{model}’ 모델은 한글을 잃어버려요: ‘{sentence}’을(를) 넣으니 ‘{found}’(으)로 돌아왔어요. "
        "tokenizer.json이 한국어 모델의 것이 아닌 것 같으니, 그 모델의 원래 파일로 바꿔 주세요.",
        "“{model}” loses Korean: “{sentence}” came back as “{found}”. Its tokenizer.json does not "
        "seem to be that of a Korean model: put the model's own file there.",
    ),
    "language.mark": Text(
        "이 모델의 사전에는 대화에 쓰는 표시 {mark}이(가) 없어서 대화를 할 수 없어요. "
        "KoGPT2 꼴의 모델(예: ongari)을 골라 주세요.",
        "The vocabulary of this model lacks the mark {mark}, so it cannot hold a conversation. "
        "Choose a model in KoGPT2's layout, such as ongari.",
    ),
    "language.load": Text(
        "‘{model}’ 글 모델을 열지 못했어요: {reason}. 파일이 손상되었거나 짝이 맞지 않아요. "
        + _GET,
        "The language model “{model}” cannot be opened: {reason}. Its files are damaged or do not "
        "belong together. " + _GET_EN,
    ),
    "language.shape": Text(
        "‘{model}’ 글 모델의 텐서 {tensor}의 모양이 {found}인데, config.json대로라면 {expected} "
        "모양이어야 해요. 서로 다른 모델의 파일이 섞인 것 같아 열지 않아요. " + _GET,
        "The tensor {tensor} of the language model “{model}” has the shape {found} where "
        "config.json wants {expected}. Files of different models seem to be mixed. " + _GET_EN,
    ),
    "language.incomplete": Text(
        "‘{model}’ 글 모델에 텐서 {count}개가 빠졌어요(처음 것: {tensor}). 빠진 자리가 제멋대로면 "
        "글이 되지 않으니 열지 않아요. " + _GET,
        "The language model “{model}” lacks {count} tensors (the first: {tensor}). It would only "
        "stammer without them, so it is not used. " + _GET_EN,
    ),
}
