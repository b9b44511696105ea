"""Sentences about downloads of model files: addresses, hosts, connections, what arrived."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "download.source": Text(
        "‘{source}’에서는 받을 수 없어요. 주소를 알아볼 수 없어요. hf:주인/저장소:파일, "
        "civitai:번호, https:// 주소 가운데 하나로 적어 주세요.",
        "“{source}” is no place to download from. Write hf:owner/repository:file, "
        "civitai:number, or an https:// address.",
    ),
    "download.empty": Text(
        "받을 주소가 비어 있어요. 어디서 받을지 알 수 없으니 hf:주인/저장소:파일, civitai:번호, "
        "https:// 주소 가운데 하나를 적어 주세요.",
        "There is no address to download from. Write hf:owner/repository:file, civitai:number, or "
        "an https:// address.",
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
        "{host}에 연결하지 못했어요. 인터넷이 끊겼거나 그쪽이 쉬고 있어요. 연결을 "
        "확인하고 다시 해 주세요. 이미 받은 것이 있으면 이어서 받아요.",
        "{host} cannot be reached: the internet is off or the host is down. Check the connection "
        "and try again; if something has arrived already, it goes on from there.",
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
