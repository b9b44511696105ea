"""Sentences of the start command: its flags, its notes, and what it says while it starts.

The set-up script has its own few sentences (`playground/launch/setup.py`), because it runs before
anything of this project can be imported.
"""

from __future__ import annotations

from playground.messages import Text

HELP: dict[str, Text] = {
    "launch.help.usage": Text(
        "쓰는 법: ./webui.sh [옵션 ...]   (Windows: run.bat [옵션 ...])\n"
        "        ./webui.sh test [pytest 옵션 ...]   모든 검사를 돌려요",
        "Usage: ./webui.sh [flag ...]   (Windows: run.bat [flag ...])\n"
        "       ./webui.sh test [pytest flag ...]   runs every check",
    ),
    "launch.help.unneeded": Text(
        "AUTOMATIC1111의 다른 옵션도 받아요. 이제 필요 없는 것이면 한 줄로 알려 줘요.",
        "Other flags of AUTOMATIC1111 are accepted too; one line tells why they are not needed.",
    ),
    "launch.help.footer": Text(
        "COMMANDLINE_ARGS 환경 변수에 쓴 옵션도 함께 읽어요. 자세한 표: docs/flags.md",
        "Flags in the environment variable COMMANDLINE_ARGS are read too. "
        "The whole table: docs/flags.md",
    ),
}

USED: dict[str, Text] = {
    "launch.used.help": Text("이 설명을 보여 주고 끝내요", "show this help and stop"),
    "launch.used.listen": Text(
        "같은 네트워크의 다른 기기에서도 열 수 있게 해요. "
        "--gradio-auth가 없으면 비밀번호를 하나 만들어 한 번 보여 줘요",
        "let other devices of the same network open the page; without --gradio-auth a password is "
        "made and shown once",
    ),
    "launch.used.server_name": Text(
        "페이지를 열 주소를 직접 정해요 (기본 127.0.0.1)",
        "the address to listen on (default 127.0.0.1)",
    ),
    "launch.used.port": Text(
        "페이지를 열 포트 (기본은 7860부터 빈 곳)",
        "the port of the page (default: the first free one from 7860)",
    ),
    "launch.used.public_host": Text(
        "리버스 프록시 뒤에서 페이지를 부르는 이름 (예: pics.example.org). 여러 번 쓸 수 있어요. "
        "--gradio-auth가 없으면 비밀번호를 하나 만들어 한 번 보여 줘요 (docs/proxy.md)",
        "the name of the page behind a reverse proxy, such as pics.example.org; may be repeated; "
        "without --gradio-auth a password is made and shown once (docs/proxy.md)",
    ),
    "launch.used.subpath": Text(
        "리버스 프록시 뒤에서 페이지가 놓일 경로 (예: /amumal, docs/proxy.md)",
        "the path of the page behind a reverse proxy, such as /amumal (docs/proxy.md)",
    ),
    "launch.used.share": Text(
        "인터넷에 임시 주소를 만들어요. "
        "--gradio-auth가 없으면 비밀번호를 하나 만들어 한 번 보여 줘요",
        "make a temporary public address; without --gradio-auth a password is made and shown once",
    ),
    "launch.used.gradio_auth": Text(
        "로그인할 이름과 비밀번호. 페이지와 API를 함께 지켜요. 명령에 쓴 비밀번호는 이 컴퓨터의 "
        "다른 사용자가 프로그램 목록에서 볼 수 있으니 "
        "--gradio-auth-path나 COMMANDLINE_ARGS에 쓰세요",
        "names and passwords to log in with; guards the page and the API. What is typed in a "
        "command is seen by every user of the computer in the list of programs: rather use "
        "--gradio-auth-path or COMMANDLINE_ARGS",
    ),
    "launch.used.gradio_auth_path": Text(
        "이름:비밀번호가 한 줄에 하나씩 적힌 파일 "
        "(권해요: 프로그램 목록에 비밀번호가 보이지 않아요)",
        "a file with one name:password a line (recommended: no password in the list of programs)",
    ),
    "launch.used.autolaunch": Text(
        "준비되면 브라우저를 열어요", "open the browser when the page is ready"
    ),
    "launch.used.theme": Text(
        "밝게, 어둡게, 또는 브라우저를 따라 (기본 auto)",
        "light, dark, or as the browser says (default auto)",
    ),
    "launch.used.data_dir": Text(
        "그림과 기록을 두는 폴더 (기본 data)",
        "the folder of pictures and records (default data)",
    ),
    "launch.used.models_dir": Text(
        "모델을 더 찾아볼 폴더. 여러 번 쓸 수 있고, A1111의 models 폴더를 그대로 써도 돼요. "
        "종류는 파일 내용을 보고 알아내요",
        "another folder to look for models in; may be repeated, and may be an A1111 models folder. "
        "The kind is read from each file",
    ),
    "launch.used.words_dir": Text(
        "내 낱말 파일(nouns.jsonl 들)을 둔 폴더. 뒤섞기가 그 낱말도 써요. "
        "틀린 줄은 번호를 알려 주고 건너뛰어요",
        "a folder with word files of your own (nouns.jsonl and so on) for the grammar engine; "
        "lines that are wrong are named and left out",
    ),
    "launch.used.use_cpu": Text(
        "그래픽 카드가 있어도 CPU로 그려요", "draw on the CPU even when there is a GPU"
    ),
    "launch.used.device_id": Text(
        "몇 번 그래픽 카드를 쓸지 (0부터)", "which GPU to use, counted from 0"
    ),
    "launch.used.no_half": Text(
        "반정밀도를 쓰지 않아요 (그림이 검게 나올 때)",
        "keep full precision (when pictures come out black)",
    ),
    "launch.used.medvram": Text(
        "그래픽 메모리가 넉넉해 보여도 아껴 써요 (조금 느려져요). 보통은 알아서 골라요",
        "save graphics memory even where there seems to be enough, a little slower; chosen by "
        "itself otherwise",
    ),
    "launch.used.lowvram": Text(
        "그래픽 메모리를 아주 아껴 써요 (많이 느려져요). 보통은 알아서 골라요",
        "save as much graphics memory as possible, much slower; chosen by itself otherwise",
    ),
    "launch.used.fp8": Text(
        "모델 가중치를 8비트로 두어 메모리를 절반만 써요. 같은 시드라도 그림이 조금 달라져요",
        "store the denoiser's weights in 8 bits, half the memory; the same seed gives a slightly "
        "different picture",
    ),
    "launch.used.model_cache_gb": Text(
        "열어 둔 모델들이 쓸 메모리 (GB, 기본은 비어 있는 메모리의 절반). "
        "0이면 모델을 하나만 열어 두어요",
        "gigabytes that the models that stay loaded may take (default: half of what is free); "
        "0 keeps one model at a time",
    ),
    "launch.used.xformers": Text(
        "xformers가 깔려 있고 CUDA를 쓸 때만 xformers로 그려요",
        "draw with xformers where it is installed and CUDA is used",
    ),
    "launch.used.compile": Text(
        "torch.compile로 더 빠르게 그려요. 크기마다 처음 한 번은 오래 걸려요 (GPU에서 도움이 돼요)",
        "draw faster with torch.compile; the first picture of a size takes long (helps on a GPU)",
    ),
    "launch.used.openvino": Text(
        "CPU에서 OpenVINO로 더 빠르게 그려요 (requirements-openvino.txt를 설치해야 해요). "
        "크기마다 처음 한 번은 오래 걸리고, 메모리를 더 써요",
        "draw faster on the CPU with OpenVINO (needs requirements-openvino.txt); the first picture "
        "of each size takes long, and it takes more memory",
    ),
    "launch.used.loglevel": Text(
        "기록을 얼마나 자세히 남길지: DEBUG, INFO, WARNING, ERROR, CRITICAL",
        "how much to log: DEBUG, INFO, WARNING, ERROR, CRITICAL",
    ),
    "launch.used.log_startup": Text(
        "시작할 때 단계마다 걸린 시간을 보여 줘요", "show how long each step of the start took"
    ),
}

UNNEEDED: dict[str, Text] = {
    "launch.unneeded.root": Text(
        "{flag}: 관리자 계정으로도 그냥 켜지니 없어도 돼요.",
        "{flag}: not needed; the page starts as root too.",
    ),
    "launch.unneeded.attention": Text(
        "{flag}: 토치의 빠른 어텐션(SDPA)을 늘 쓰니 없어도 돼요.",
        "{flag}: not needed; torch's own fast attention (SDPA) is always on.",
    ),
    "launch.unneeded.precision": Text(
        "{flag}: 정밀도는 기기에 맞춰 알아서 골라요. 끄고 싶으면 --no-half를 쓰세요.",
        "{flag}: not needed; precision follows the device. Use --no-half to keep it full.",
    ),
    "launch.unneeded.memory": Text(
        "{flag}: 메모리는 기기에 맞춰 알아서 아껴 써요. "
        "더 아끼려면 --medvram이나 --lowvram을 쓰세요.",
        "{flag}: not needed; memory is managed by itself. Use --medvram or --lowvram to save more.",
    ),
    "launch.unneeded.device": Text(
        "{flag}: 쓸 수 있는 기기를 알아서 찾아요. CPU로 그리려면 --use-cpu를 쓰세요.",
        "{flag}: not needed; the device is found by itself. Use --use-cpu to draw on the CPU.",
    ),
    "launch.unneeded.setup": Text(
        "{flag}: 설치와 확인은 한 번 끝나면 건너뛰고, "
        "그래픽 카드가 없으면 CPU로 그리니 없어도 돼요.",
        "{flag}: not needed; set-up and checks run once, and without a GPU the CPU draws.",
    ),
    "launch.unneeded.download": Text(
        "{flag}: 시키지 않은 다운로드는 하지 않으니 없어도 돼요.",
        "{flag}: not needed; nothing is downloaded unless you ask.",
    ),
    "launch.unneeded.hashing": Text(
        "{flag}: 시작할 때 해시를 계산하지 않으니 없어도 돼요.",
        "{flag}: not needed; the start computes no hashes.",
    ),
    "launch.unneeded.nan": Text(
        "{flag}: 그림이 깨지면 알려 주기만 하니 없어도 돼요.",
        "{flag}: not needed; a broken picture is reported, never fatal.",
    ),
    "launch.unneeded.api": Text(
        "{flag}: API는 페이지와 함께 늘 켜져 있으니 없어도 돼요.",
        "{flag}: not needed; the API always runs beside the page.",
    ),
    "launch.unneeded.stop": Text(
        "{flag}: 끄는 주소는 만들지 않아요. 터미널에서 Ctrl+C를 누르세요.",
        "{flag}: there is no address that stops the page; press Ctrl+C in the terminal.",
    ),
    "launch.unneeded.extensions": Text(
        "{flag}: 확장 기능이 없으니 없어도 돼요.", "{flag}: not needed; there are no extensions."
    ),
    "launch.unneeded.model": Text(
        "{flag}: 모델은 페이지에서 골라요. 그 파일이 든 폴더를 --models-dir로 알려 주세요.",
        "{flag}: choose the model on the page, and name the folder of the file with --models-dir.",
    ),
    "launch.unneeded.other_models": Text(
        "{flag}: 그 모델은 쓰지 않으니 없어도 돼요.",
        "{flag}: not needed; such models are not used.",
    ),
    "launch.unneeded.queue": Text(
        "{flag}: 대기열은 늘 켜져 있으니 없어도 돼요.",
        "{flag}: not needed; the queue is always on.",
    ),
    "launch.unneeded.page": Text(
        "{flag}: 이 페이지에는 그런 부분이 없으니 없어도 돼요.",
        "{flag}: not needed; this page has no such part.",
    ),
    "launch.unneeded.settings": Text(
        "{flag}: 설정은 --data-dir 폴더에 함께 저장되니 없어도 돼요.",
        "{flag}: not needed; settings are kept in the folder of --data-dir.",
    ),
    "launch.unneeded.console": Text(
        "{flag}: 터미널에는 진행 막대도 프롬프트도 찍지 않으니 없어도 돼요.",
        "{flag}: not needed; neither bars nor prompts are printed to the terminal.",
    ),
}

REFUSED: dict[str, Text] = {
    "launch.refused.code": Text(
        "{flag}: 쓸 수 없는 옵션이에요. 페이지에서 아무 코드나 돌리게 하는 옵션이라 "
        "만들지 않았으니 빼 주세요.",
        "{flag}: refused. It would let the page run any code; remove it.",
    ),
    "launch.refused.pickle": Text(
        "{flag}: 쓸 수 없는 옵션이에요. pickle 파일은 열기만 해도 코드가 돌 수 있어서 열지 않아요. "
        "safetensors로 바꾼 모델을 쓰고 이 옵션은 빼 주세요.",
        "{flag}: refused. Opening a pickle can run code, so none is opened; "
        "use the model as safetensors and remove the flag.",
    ),
    "launch.refused.api_auth": Text(
        "{flag}: 쓸 수 없는 옵션이에요. API만 따로 잠그지 않아요. "
        "페이지와 API를 함께 지키는 --gradio-auth-path 파일을 쓰세요.",
        "{flag}: refused. The API has no login of its own; "
        "use --gradio-auth-path FILE, which guards the page and the API.",
    ),
    "launch.refused.tunnel": Text(
        "{flag}: 쓸 수 없는 옵션이에요. 그 터널은 들어 있지 않아요. "
        "--share와 --gradio-auth-path 파일을 함께 쓰세요.",
        "{flag}: refused. That tunnel is not included; "
        "use --share together with --gradio-auth-path FILE.",
    ),
    "launch.refused.tls": Text(
        "{flag}: 쓸 수 없는 옵션이에요. 이 서버는 암호화(HTTPS)를 직접 하지 않아요. "
        "nginx나 Caddy 같은 리버스 프록시를 앞에 두세요 (docs/proxy.md).",
        "{flag}: refused. This server does not speak HTTPS itself; "
        "put a reverse proxy such as nginx or Caddy in front of it (docs/proxy.md).",
    ),
    "launch.refused.origins": Text(
        "{flag}: 쓸 수 없는 옵션이에요. 다른 웹사이트가 이 페이지를 조종하지 못하게 막아 두었어요. "
        "빼 주세요.",
        "{flag}: refused. Other web sites may not drive this page; remove it.",
    ),
    "launch.refused.folders": Text(
        "{flag}: 쓸 수 없는 옵션이에요. 페이지는 자기가 만든 그림만 내보내요. 빼 주세요.",
        "{flag}: refused. The page gives out only the pictures it made; remove it.",
    ),
    "launch.refused.frozen": Text(
        "{flag}: 쓸 수 없는 옵션이에요. 설정을 잠그는 기능이 없으니, "
        "아는 사람만 들어오도록 --gradio-auth를 쓰세요.",
        "{flag}: refused. Settings cannot be frozen; "
        "use --gradio-auth so that only people you know come in.",
    ),
}

ERRORS: dict[str, Text] = {
    "launch.flag.unknown": Text(
        "{flag}은(는) 모르는 옵션이에요. ./webui.sh --help로 쓸 수 있는 옵션을 확인해 주세요.",
        "{flag} is not a flag of this program. See ./webui.sh --help for those that are.",
    ),
    "launch.flag.unknown_near": Text(
        "{flag}은(는) 모르는 옵션이에요. 혹시 {nearest}인가요? 고쳐서 다시 켜 주세요.",
        "{flag} is not a flag of this program. Did you mean {nearest}? Correct it and start again.",
    ),
    "launch.flag.word": Text(
        "‘{word}’을(를) 어디에 써야 할지 모르겠어요. 옵션은 --로 시작해요. "
        "빈칸이 든 값이면 따옴표로 감싸 주세요.",
        "“{word}” belongs to no flag. Flags begin with --; put quotation marks around a value "
        "with spaces.",
    ),
    "launch.flag.unreadable": Text(
        "옵션을 알아듣지 못했어요({reason}). ./webui.sh --help로 쓸 수 있는 옵션을 확인해 주세요.",
        "The flags were not understood ({reason}). See ./webui.sh --help for those that are known.",
    ),
    "launch.flag.quotes": Text(
        "COMMANDLINE_ARGS의 따옴표가 짝이 맞지 않아요: {line} - 따옴표를 닫아 주세요.",
        "A quotation mark in COMMANDLINE_ARGS has no partner: {line} - close it.",
    ),
    "launch.flag.no_value": Text(
        "{flag}에는 값을 붙이지 않아요(‘{value}’). {flag}만 써 주세요.",
        "{flag} takes no value (“{value}”). Write {flag} alone.",
    ),
    "launch.flag.missing_value": Text(
        "{flag} 뒤에 값이 없어요. ‘{flag} {value}’처럼 써 주세요. "
        "-로 시작하는 값은 ‘{flag}=값’처럼 붙여 써요.",
        "{flag} has no value. Write it as “{flag} {value}”; a value that begins with - is "
        "written as “{flag}=value”.",
    ),
    "launch.flag.port": Text(
        "{flag} 값 ‘{value}’은(는) 포트 번호가 아니에요. 1부터 65535 사이의 숫자를 써 주세요.",
        "{flag} “{value}” is not a port. Use a number from 1 to 65535.",
    ),
    "launch.flag.device_id": Text(
        "{flag} 값 ‘{value}’은(는) 그래픽 카드 번호가 아니에요. "
        "0, 1처럼 0부터 센 숫자를 써 주세요.",
        "{flag} “{value}” is not the number of a GPU. Use 0, 1 and so on.",
    ),
    "launch.flag.gigabytes": Text(
        "{flag} 값 ‘{value}’은(는) 크기가 아니에요. 8이나 2.5처럼 GB 숫자만 써 주세요.",
        "{flag} “{value}” is not a size. Use a number of gigabytes such as 8 or 2.5.",
    ),
    "launch.flag.host": Text(
        "{flag} 값 ‘{value}’은(는) 주소가 아니에요. 127.0.0.1이나 0.0.0.0처럼 써 주세요.",
        "{flag} “{value}” is not an address. Use one such as 127.0.0.1 or 0.0.0.0.",
    ),
    "launch.flag.public_host": Text(
        "{flag} 값 ‘{value}’은(는) 이름이 아니에요. https://도 경로도 빼고 "
        "pics.example.org처럼 써 주세요.",
        "{flag} “{value}” is not a name. Write it like pics.example.org, without https:// and "
        "without a path.",
    ),
    "launch.flag.subpath": Text(
        "{flag} 값 ‘{value}’은(는) 경로로 쓸 수 없어요. /amumal이나 /a/b처럼 영문자, 숫자, "
        "- _ . ~만 써 주세요. .. 이나 ? 는 쓸 수 없어요.",
        "{flag} “{value}” cannot be used as a path. Write it like /amumal or /a/b, with letters, "
        "digits, - _ . and ~ only; neither .. nor ? may be in it.",
    ),
    "launch.flag.subpath_taken": Text(
        "{flag} 값 ‘{value}’은(는) 페이지 안에서 쓰는 주소와 겹쳐요. "
        "/amumal처럼 다른 이름을 써 주세요.",
        "{flag} “{value}” is an address that the page itself uses. Choose another one, such as "
        "/amumal.",
    ),
    "launch.flag.not_folder": Text(
        "{flag} 값 ‘{value}’은(는) 폴더가 아니에요. 폴더 경로를 써 주세요.",
        "{flag} “{value}” is not a folder. Name a folder.",
    ),
    "launch.flag.no_folder": Text(
        "{flag} 폴더 ‘{value}’을(를) 찾을 수 없어요. "
        "경로를 다시 확인하고, 외장 디스크라면 연결되어 있는지 봐 주세요.",
        "The folder “{value}” of {flag} does not exist. Check the path, and whether its disk is "
        "connected.",
    ),
    "launch.flag.choice": Text(
        "{flag} 값 ‘{value}’은(는) 고를 수 없어요. {choices} 가운데 하나를 써 주세요.",
        "{flag} cannot be “{value}”. Use one of {choices}.",
    ),
    "launch.auth.pair": Text(
        "로그인 정보가 ‘이름:비밀번호’ 꼴이 아니에요(이름: ‘{user}’). "
        "여럿이면 쉼표로 나눠 kim:비밀1,lee:비밀2처럼 써 주세요.",
        "A login is not written as name:password (name: “{user}”). "
        "Separate several by commas: kim:secret1,lee:secret2.",
    ),
    "launch.auth.empty": Text(
        "로그인 정보가 비어 있어요. 비워 두면 아무나 들어올 수 있으니 이름:비밀번호를 써 주세요.",
        "The login is empty. That would let anybody in: write name:password.",
    ),
    "launch.auth.file": Text(
        "로그인 파일 ‘{value}’을(를) 읽을 수 없어요. "
        "경로를 확인하고, 이름:비밀번호를 한 줄에 하나씩 UTF-8로 저장해 주세요.",
        "The login file “{value}” cannot be read. "
        "Check the path, and save one name:password a line as UTF-8.",
    ),
}

ROWS: dict[str, Text] = {**HELP, **USED, **UNNEEDED, **REFUSED, **ERRORS}
