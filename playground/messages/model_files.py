"""Sentences about model files: what is wrong with one, and what to do about it."""

from __future__ import annotations

from playground.messages import Text

_AGAIN = "파일을 다시 내려받아 주세요."
_AGAIN_EN = "Get the file again."


def _header(ko: str, en: str) -> Text:
    """Complete a sentence about a header: it names the file, says why it matters, what to do."""
    return Text(
        f"{{file}} 파일의 머리말이 safetensors 규칙에 어긋나요: {ko} "
        f"잘못 만들어졌거나 손상된 파일이라 열지 않아요. {_AGAIN}",
        f"The header of {{file}} breaks the rules of safetensors: {en} It was written badly or "
        f"damaged and is not opened. {_AGAIN_EN}",
    )


_OTHER_BYTES: dict[str, Text] = {
    "model.not_a_file": Text(
        "{file}은(는) 파일이 아니에요(폴더나 장치). 읽을 가중치가 없으니 "
        "safetensors 파일을 골라 주세요.",
        "{file} is not a file but a folder or a device. There are no weights to read: choose a "
        "safetensors file.",
    ),
    "model.unreadable": Text(
        "{file} 파일을 읽지 못했어요({reason}). 내용을 확인할 수 없어 열지 않아요. "
        "읽기 권한과 디스크를 살펴봐 주세요.",
        "{file} could not be read ({reason}). What cannot be checked is not opened: look at its "
        "permissions and at the disk.",
    ),
    "model.too_big": Text(
        "{file} 파일이 {gigabytes}GB나 돼요. 그림 모델은 그렇게 크지 않아서 잘못된 파일로 보고 "
        "열지 않아요. " + _AGAIN,
        "{file} has {gigabytes} GB. No picture model is that large, so it is taken for a mistake "
        "and not opened. " + _AGAIN_EN,
    ),
    "model.zeros": Text(
        "{file} 파일이 0으로만 시작해요. 내려받다가 자리만 잡아 둔 파일 같아 열지 않아요. "
        + _AGAIN,
        "{file} begins with nothing but zeros: space was reserved but the download never filled "
        "it. " + _AGAIN_EN,
    ),
    "model.other_format": Text(
        "{file} 파일은 {format} 형식이에요. 이 프로그램은 safetensors만 열 수 있어요. "
        "압축이라면 풀고, 아니면 safetensors 판을 받아 주세요.",
        "{file} is in {format} format. Only safetensors can be opened here: unpack it if it is an "
        "archive, or get the safetensors edition.",
    ),
    "model.json_page": Text(
        "{file} 파일은 모델이 아니라 JSON이에요. 서버의 오류 답이 대신 저장된 것 같아요. "
        "내려받는 곳에 로그인한 뒤 다시 받아 주세요.",
        "{file} is JSON, not a model; probably a server's error answer was saved instead. Log in "
        "where you got it and download it again.",
    ),
    "model.text_page": Text(
        "{file} 파일은 모델이 아니라 글이에요. 오류 안내가 대신 저장된 것 같아요. " + _AGAIN,
        "{file} is plain text, not a model; probably an error was saved instead. " + _AGAIN_EN,
    ),
    "model.header.length": Text(
        "{file} 파일은 safetensors가 아니에요(머리말 길이 {length}). 알 수 없는 형식이라 "
        "열지 않아요. " + _AGAIN,
        "{file} is not a safetensors file (header length {length}). Its format is unknown, so it "
        "is not opened. " + _AGAIN_EN,
    ),
}

_HEADER: dict[str, Text] = {
    "model.header.first_byte": _header(
        "중괄호 대신 ‘{byte}’(으)로 시작해요.", "it begins with “{byte}” instead of a brace."
    ),
    "model.header.padding": _header(
        "끝이 중괄호와 빈칸이 아니에요.", "it does not end with a brace and spaces."
    ),
    "model.header.encoding": _header("UTF-8이 아니에요.", "it is not UTF-8."),
    "model.header.json": _header("JSON이 아니에요({reason}).", "it is not JSON ({reason})."),
    "model.header.duplicate": _header(
        "‘{tensor}’ 이름이 두 번 나와요.", "the name “{tensor}” appears twice."
    ),
    "model.header.too_many": _header(
        "텐서가 {count}개를 넘어요.", "it has more than {count} tensors."
    ),
    "model.header.no_tensors": _header("텐서가 하나도 없어요.", "it has no tensors."),
    "model.header.metadata": _header("설명 칸이 글이 아니에요.", "its metadata is not text."),
    "model.header.name": _header(
        "텐서 이름 ‘{tensor}’은(는) 쓸 수 없어요.", "the tensor name “{tensor}” is not allowed."
    ),
    "model.header.fields": _header(
        "‘{tensor}’ 텐서의 칸이 달라요.", "the tensor “{tensor}” has other fields."
    ),
    "model.header.dtype": _header(
        "‘{tensor}’ 텐서의 자료형 ‘{dtype}’을(를) 몰라요.",
        "the tensor “{tensor}” has the unknown type “{dtype}”.",
    ),
    "model.header.shape": _header(
        "‘{tensor}’ 텐서의 모양이 이상해요.", "the tensor “{tensor}” has an impossible shape."
    ),
    "model.header.offsets": _header(
        "‘{tensor}’ 텐서의 자리가 이상해요.", "the tensor “{tensor}” has an impossible place."
    ),
    "model.header.size": _header(
        "‘{tensor}’ 텐서의 모양 {shape}이(가) {bytes}바이트와 맞지 않아요.",
        "the shape {shape} of the tensor “{tensor}” does not fill its {bytes} bytes.",
    ),
    "model.header.hole": _header(
        "‘{tensor}’ 텐서 앞에 구멍이 있어요.", "there is a hole before the tensor “{tensor}”."
    ),
    "model.header.overlap": _header(
        "‘{tensor}’ 텐서가 다른 텐서와 겹쳐요.", "the tensor “{tensor}” overlaps another one."
    ),
    "model.header.tail": _header(
        "마지막 텐서 뒤에 {extra}바이트가 더 있어요.",
        "there are {extra} bytes after the last tensor.",
    ),
}

_GATE: dict[str, Text] = {
    "model.structure.missing": Text(
        "‘{model}’ 모델에 텐서 {count}개가 빠졌어요(처음 것: {tensor}). 빠진 채로는 그릴 수 "
        "없어요. " + _AGAIN,
        "The model “{model}” lacks {count} tensors (the first: {tensor}). Nothing can be drawn "
        "without them. " + _AGAIN_EN,
    ),
    "model.structure.shape": Text(
        "‘{model}’ 모델의 텐서 {count}개가 모양이 달라요({tensor}: {found}, 맞는 모양 {expected}). "
        "다른 종류의 모델이거나 손상된 파일이라 열지 않아요. " + _AGAIN,
        "{count} tensors of the model “{model}” have another shape ({tensor}: {found}, expected "
        "{expected}). It is of another kind or damaged and is not opened. " + _AGAIN_EN,
    ),
    "model.index": Text(
        "‘{model}’ 모델 폴더의 {file} 파일을 읽을 수 없어요. 무엇이 들어 있는지 알 수 없어 "
        "열지 않아요. 폴더를 다시 내려받아 주세요.",
        "{file} of the model folder “{model}” cannot be read. Nobody knows what is "
        "inside, so it is not opened: get the folder again.",
    ),
    "model.kind": Text(
        "‘{model}’ 파일은 그림을 그리는 체크포인트가 아니에요(종류: {kind}). 이것만으로는 그릴 수 "
        "없으니 체크포인트를 골라 주세요.",
        "The file “{model}” is not a checkpoint but: {kind}. It cannot draw on its own: choose a "
        "checkpoint.",
    ),
    "model.family": Text(
        "‘{model}’ 모델은 {family} 모델이에요. 무엇인지는 알지만 아직 그릴 줄 몰라요. "
        "Stable Diffusion 1.5, 2, XL 체크포인트를 골라 주세요.",
        "The model “{model}” is a {family} model. It is recognised but cannot be drawn with yet: "
        "choose a checkpoint of Stable Diffusion 1.5, 2 or XL.",
    ),
    "model.tokenizer": Text(
        "프로그램에 들어 있던 낱말표({file})가 없어졌거나 바뀌었어요. 낱말이 어긋나면 "
        "엉뚱한 그림이 나오니 열지 않았어요. 프로그램을 다시 받아 주세요.",
        "The table of words that came with the program ({file}) is gone or was changed. Wrong "
        "words make wrong pictures, so nothing was opened: get the program again.",
    ),
    "model.ambiguous": Text(
        "‘{model}’에 맞는 모델이 여럿이에요({names}). 다른 모델로 그리지 않도록 멈췄으니 "
        "정확한 이름을 골라 주세요.",
        "Several models go by “{model}” ({names}). Nothing was drawn with the wrong one: choose "
        "one by its exact name.",
    ),
    "model.link": Text(
        "{file}은(는) 모델 폴더 밖을 가리키는 링크예요. 어디로 이어지는지 확인할 수 없어 따라가지 "
        "않아요. 그 폴더를 --models-dir 로 알려 주세요.",
        "{file} is a link that points out of the model folders. Links that lead elsewhere are not "
        "followed: name that folder with --models-dir.",
    ),
    "model.conflict": Text(
        "{file} 파일이 전에 확인한 것과 달라요(SHA-256 {found}, 기억한 값 {expected}). "
        "바뀌었거나 손상되었을 수 있어 열지 않아요. 직접 바꾼 것이라면 모델 탭에서 다시 "
        "고정하거나 python -m models pin 을 실행해 주세요.",
        "{file} is not what it was (SHA-256 {found}, remembered {expected}). It may have been "
        "replaced or damaged and is not opened. If you replaced it yourself, pin it again in the "
        "models tab or with python -m models pin.",
    ),
    "model.not_pinned": Text(
        "‘{model}’ 모델은 아무도 보증하지 않아요. 보증된 것만 열도록 시작했으니, 믿는다면 "
        "python -m models pin 으로 고정해 주세요.",
        "Nobody vouches for the model “{model}”. This program was started to open only what is "
        "vouched for: if you trust it, pin it with python -m models pin.",
    ),
    "model.own_pins": Text(
        "믿는 파일 목록({file})을 읽을 수 없어요({reason}). 목록 없이 열면 바뀐 파일도 믿게 되니 "
        "멈췄어요. 그 파일을 고치거나 지운 뒤 다시 해 주세요.",
        "The list of files you trust ({file}) cannot be read ({reason}). Without it replaced "
        "files would be trusted too, so nothing was opened: repair or remove it and try again.",
    ),
    "model.parts": Text(
        "‘{model}’ 파일에는 {parts}이(가) 들어 있지 않아요. 그 부분 없이는 그릴 수 없으니 "
        "전부 들어 있는 체크포인트를 골라 주세요.",
        "The file “{model}” does not contain {parts}. Nothing can be drawn without: choose a "
        "checkpoint that contains everything.",
    ),
    "model.unknown": Text(
        "‘{model}’ 모델이 없어요. 이름이 정확히 같아야 해요. 혹시 ‘{nearest}’을(를) 찾으셨나요?",
        "There is no model “{model}”; names must match exactly. Did you mean “{nearest}”?",
    ),
    "model.no_weights": Text(
        "‘{model}’ 모델 폴더에 safetensors 파일이 없어요. 가중치가 없으면 그릴 수 없으니 "
        "safetensors 판을 받아 주세요.",
        "The folder of the model “{model}” has no safetensors file. Without weights nothing can "
        "be drawn: get its safetensors edition.",
    ),
    "model.pickle": Text(
        "{file} 파일은 피클(.ckpt, .pt, .bin)이에요. 여는 순간 아무 코드나 실행할 수 있어서 "
        "열지 않아요. safetensors 판을 받아 주세요.",
        "{file} is a pickle (.ckpt, .pt, .bin). Opening one can run any code, so it is never "
        "opened: get the safetensors edition.",
    ),
    "model.unpinned": Text(
        "‘{model}’ 기본 모델에 목록에 없는 파일({file})이 있어요. 누가 넣었는지 알 수 없어 "
        "열지 않아요. 그 파일을 지우거나 프로그램을 다시 받아 주세요.",
        "The builtin model “{model}” has a file that is not on its list ({file}). Nobody knows "
        "where it came from, so it is not opened: delete it or get the program again.",
    ),
    "model.changed": Text(
        "‘{model}’ 모델 파일이 검사하는 사이에 바뀌었어요. 검사한 것과 다른 파일은 열지 않아요. "
        "복사가 끝난 뒤 다시 해 주세요.",
        "A file of the model “{model}” changed while it was being checked. Only what was checked "
        "is opened: wait until copying has finished and try again.",
    ),
    "model.digest": Text(
        "{file} 파일의 내용이 알려진 것과 달라요(SHA-256 {found}, 맞는 값 {expected}). "
        "손상되었거나 바뀐 파일이라 열지 않아요. " + _AGAIN,
        "{file} is not what it should be (SHA-256 {found}, expected {expected}). It is damaged "
        "or was replaced and is not opened: get the file again.",
    ),
    "model.cut_off": Text(
        "{file} 파일이 중간에 끊겼어요({have} / {need} 바이트). 내려받기가 덜 끝났어요. " + _AGAIN,
        "{file} is cut off ({have} of {need} bytes): the download did not finish. "
        "Get the file again.",
    ),
    "model.empty": Text(
        "{file} 파일이 비어 있어요(0바이트). 내려받기가 시작되지 못했어요. " + _AGAIN,
        "{file} is empty (0 bytes): the download never started. Get the file again.",
    ),
    "model.html": Text(
        "{file} 파일은 모델이 아니라 웹 페이지예요. 로그인 화면이 대신 저장된 것 같아요. "
        "내려받는 곳에 로그인한 뒤 다시 받아 주세요.",
        "{file} is a web page, not a model; probably a login page was saved instead. "
        "Log in where you got it and download it again.",
    ),
    "model.lfs_pointer": Text(
        "{file} 파일은 git-lfs 안내 쪽지일 뿐이고 진짜 가중치가 아니에요. "
        "git lfs pull 을 실행하거나 파일을 직접 내려받아 주세요.",
        "{file} is only a git-lfs pointer, not the weights. Run git lfs pull or download the "
        "file itself.",
    ),
}

_DOWNLOAD: dict[str, Text] = {
    "download.source": Text(
        "‘{source}’에서는 받을 수 없어요. 주소를 알아볼 수 없어요. hf:주인/저장소:파일, "
        "civitai:번호, https:// 주소 가운데 하나로 적어 주세요.",
        "“{source}” is no place to download from. Write hf:owner/repository:file, "
        "civitai:number, or an https:// address.",
    ),
    "download.name": Text(
        "‘{name}’은(는) 파일 이름으로 쓸 수 없어요. 다른 폴더로 나가거나 다른 컴퓨터에서 열리지 "
        "않을 이름이에요. 다른 파일을 골라 주세요.",
        "“{name}” cannot be the name of a file: it leaves the folder, or some computers cannot "
        "open it. Choose another file.",
    ),
    "download.suffix": Text(
        "‘{name}’은(는) safetensors 파일이 아니에요. 다른 형식은 열지 않으니 받지도 않아요. "
        "safetensors 판을 골라 주세요.",
        "“{name}” is not a safetensors file. Other formats are not opened, so they are not "
        "downloaded either: choose the safetensors edition.",
    ),
    "download.host": Text(
        "{host}에서는 받지 않아요. 알려진 곳(Hugging Face, Civitai)만 열어 두었어요. "
        "브라우저로 받아 models 폴더에 넣어 주세요.",
        "Nothing is downloaded from {host}. Only well-known places are allowed (Hugging Face, "
        "Civitai): get the file with a browser and put it into the models folder.",
    ),
    "download.address": Text(
        "{host}의 주소가 안전하지 않아요(https, 443번 포트, 로그인 정보 없음이어야 해요). "
        "그대로 받으면 바뀐 파일일 수 있어요. 다른 주소를 써 주세요.",
        "The address at {host} is not safe (it must be https, port 443, without a login). The "
        "file could be replaced on its way: use another address.",
    ),
    "download.private": Text(
        "{host}이(가) 이 집 안의 주소를 가리켜요. 바깥 파일인 척하는 것일 수 있어 연결하지 "
        "않았어요. 네트워크(DNS) 설정을 살펴봐 주세요.",
        "{host} points to an address inside your own network. That may be a trick, so nothing was "
        "connected: look at your network's DNS settings.",
    ),
    "download.redirects": Text(
        "{host}이(가) 자꾸 다른 곳으로 보내요. 끝이 없어 그만두었어요. 잠시 뒤에 다시 해 주세요.",
        "{host} keeps sending the download elsewhere. It never ended, so it was stopped: try again "
        "later.",
    ),
    "download.certificate": Text(
        "{host}의 인증서를 믿을 수 없어요. 누군가 사이에서 바꿔치기할 수 있어 연결하지 않았어요. "
        "컴퓨터의 시계와 네트워크를 살펴봐 주세요.",
        "The certificate of {host} cannot be trusted. Somebody in between could replace the file, "
        "so nothing was fetched: look at the computer's clock and network.",
    ),
    "download.offline": Text(
        "{host}에 연결하지 못했어요. 인터넷이 끊겼거나 그쪽이 쉬고 있어요. 받던 것은 그대로 "
        "있으니 다시 하면 이어서 받아요.",
        "{host} cannot be reached: the internet is off or the host is down. What has arrived is "
        "kept, so trying again goes on from there.",
    ),
    "download.dropped": Text(
        "{host}에서 받다가 끊겼어요. 여러 번 다시 해 봤지만 끝나지 않았어요. 받던 것은 그대로 "
        "있으니 다시 하면 이어서 받아요.",
        "The download from {host} broke off, several times. What has arrived is kept, so trying "
        "again goes on from there.",
    ),
    "download.answer": Text(
        "{host}의 답을 알아볼 수 없어요. 그쪽이 바뀌었을 수 있어 받지 않았어요. 브라우저로 받아 "
        "models 폴더에 넣어 주세요.",
        "The answer of {host} makes no sense, maybe something changed there. Nothing was fetched: "
        "get the file with a browser and put it into the models folder.",
    ),
    "download.length": Text(
        "{host}이(가) 말한 크기({size})가 맞지 않아요. 모델 파일일 수 없는 크기라 받지 않았어요. "
        "다른 파일을 골라 주세요.",
        "The size that {host} tells ({size}) cannot be right for a model, so nothing was kept. "
        "Choose another file.",
    ),
    "download.login": Text(
        "{host}이(가) 로그인하라고 해요. 약관에 동의해야 받을 수 있는 모델이에요. 그쪽에서 동의한 "
        "뒤 HF_TOKEN 이나 CIVITAI_TOKEN 을 주고 다시 시작해 주세요.",
        "{host} asks for a login: the model has terms that must be accepted first. Accept them "
        "there, then start again with HF_TOKEN or CIVITAI_TOKEN set.",
    ),
    "download.missing": Text(
        "{host}에 그 파일이 없어요. 이름이 다르거나 지워졌어요. 주소를 다시 살펴봐 주세요.",
        "{host} has no such file: the name differs or it was deleted. Look at the address again.",
    ),
    "download.page": Text(
        "{host}이(가) 모델 대신 웹 페이지를 보냈어요. 로그인해야 하거나 주소가 안내 페이지예요. "
        "파일의 주소를 써 주세요.",
        "{host} sent a web page instead of a model: it wants a login, or the address is that of a "
        "page. Use the address of the file itself.",
    ),
    "download.status": Text(
        "{host}이(가) 오류로 답했어요({status}). 지금은 받을 수 없으니 잠시 뒤에 다시 해 주세요.",
        "{host} answered with an error ({status}). Nothing can be fetched now: try again later.",
    ),
    "download.digest": Text(
        "받은 {file} 파일이 알려진 것과 달라요(SHA-256 {found}, 맞는 값 {expected}). 열지 않고 "
        "격리 폴더에 두었어요. 다시 받아 보고, 또 그러면 받은 곳에 알려 주세요.",
        "The downloaded {file} is not what was published (SHA-256 {found}, expected {expected}). "
        "It was put into quarantine unopened: download it again, and if it differs again tell "
        "whoever publishes it.",
    ),
    "download.exists": Text(
        "{file} 파일이 이미 있어요. 있던 파일을 지우지 않으려고 받지 않았어요. "
        "이름을 바꾸거나 치운 뒤 다시 해 주세요.",
        "There is a file {file} already. It is not replaced, so nothing was downloaded: rename it "
        "or move it away and try again.",
    ),
}

_CONVERT: dict[str, Text] = {
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
        "{file} 파일이 가중치 말고 다른 것을 하려고 해요({reason}). 코드를 실행하려는 파일일 수 "
        "있어 멈췄어요. safetensors 판을 받아 주세요.",
        "{file} wants to do more than hold weights ({reason}). It may try to run code, so it was "
        "stopped: get the safetensors edition.",
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

ROWS: dict[str, Text] = {**_OTHER_BYTES, **_HEADER, **_GATE, **_DOWNLOAD, **_CONVERT}
