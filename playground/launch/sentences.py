"""What the set-up says, in Korean and English at once.

Apart from `playground/messages/`, because set-up runs on whatever Python the computer has, before
anything is installed, and must be able to speak even when the rest of the checkout is broken.
"""

from __future__ import annotations

import io
import sys

SENTENCES: dict[str, tuple[str, str]] = {
    # what is going on
    "first": (
        "처음 한 번만 필요한 것을 내려받아 설치해요. 몇 분 걸려요.",
        "Setting up, once; this takes a few minutes.",
    ),
    "venv": ("가상 환경을 만들어요: {folder}", "Making the virtual environment: {folder}"),
    "rebuild": (
        "지난 설치가 끝나지 않았거나 파이썬이 바뀌어서 가상 환경을 새로 만들어요: {folder}",
        "The last set-up was cut short or Python has changed; making it anew: {folder}",
    ),
    "requirements": ("패키지를 설치해요 ({file})", "Installing packages ({file})"),
    "torch": ("토치를 설치해요 ({what})", "Installing torch ({what})"),
    "torch_unpinned": (
        "이 토치는 미리 적어 둔 지문(해시)과 견주지 않고, 내주는 곳을 믿고 설치해요.",
        "This torch is not compared with digests written down before: where it comes from is "
        "trusted.",
    ),
    "torch_fallback": (
        "{index} 에서 받지 못해서 기본 저장소에서 받아요. 약 2.7GB라 오래 걸릴 수 있어요.",
        "{index} did not answer; using the default index instead, which may be 2.7 GB.",
    ),
    "torchvision": (
        "torchvision이 지금 토치와 맞지 않아 지웠어요. 없어도 모든 기능이 그대로예요.",
        "Removed torchvision: it does not fit this torch. Nothing here needs it.",
    ),
    "installed": ("설치가 끝났어요.", "Set-up is done."),
    "stopped": (
        "설치를 멈췄어요. 다시 시작하면 이어서 해요.",
        "Set-up was stopped. Start again to go on.",
    ),
    "failed_checks": ("통과하지 못한 검사: {names}", "Checks that failed: {names}"),
    "no_npm": (
        "npm이 없어서 페이지의 스크립트와 스타일은 검사하지 않고 건너뛰었어요. 검사하려면 "
        "Node.js(18.18 이상)를 설치해 주세요.",
        "Skipped: without npm the page's scripts and styles were not checked. Install Node.js "
        "(18.18 or newer) to check them.",
    ),
    "npm_failed": (
        "npm이 검사 도구를 내려받지 못해서 페이지의 스크립트와 스타일은 검사하지 않고 "
        "건너뛰었어요. 인터넷에 연결하고 다시 검사해 주세요.",
        "Skipped: npm could not install its packages, so the page's scripts and styles were not "
        "checked. Connect to the internet and test again.",
    ),
    # what went wrong, and what to do
    "no_npm_ci": (
        "npm이 없어서 페이지의 스크립트와 스타일을 검사하지 못했어요. CI에서는 건너뛰지 않으니 "
        "nodejs와 npm을 설치해 주세요.",
        "Without npm the page's scripts and styles cannot be checked, and CI skips nothing: "
        "install nodejs and npm.",
    ),
    "npm_failed_ci": (
        "npm이 검사 도구를 내려받지 못해서 페이지의 스크립트와 스타일을 검사하지 못했어요. 위에 "
        "나온 오류를 확인해 주세요.",
        "npm could not install its packages, so the page's scripts and styles were not checked: "
        "see the error above.",
    ),
    "no_ensurepip": (
        "파이썬에 venv 모듈이 빠져 있어요. `sudo apt-get install python3-venv`를 실행한 뒤 "
        "다시 시작해 주세요.",
        "This Python lacks the venv module: run `sudo apt-get install python3-venv` and start "
        "again.",
    ),
    "venv_failed": (
        "가상 환경을 만들지 못했어요({folder}). 위에 나온 오류를 확인하고, 그 폴더를 지운 뒤 "
        "다시 시작해 주세요.",
        "The virtual environment could not be made ({folder}): see the error above, delete that "
        "folder and start again.",
    ),
    "not_a_venv": (
        "{folder} 폴더는 가상 환경이 아닌데 다른 파일이 들어 있어요. venv_dir로 빈 폴더를 정해 "
        "주세요.",
        "{folder} is not a virtual environment and holds other files: name an empty folder in "
        "venv_dir.",
    ),
    "other_python": (
        "{folder} 가상 환경은 다른 파이썬({version})으로 만들어졌어요. "
        "python_cmd를 지우거나 venv_dir로 다른 폴더를 정해 주세요.",
        "The virtual environment {folder} was made with another Python ({version}): remove "
        "python_cmd, or name another folder in venv_dir.",
    ),
    "busy": (
        "다른 창에서 설치하고 있어요. 끝난 뒤에 다시 시작해 주세요.",
        "Another window is setting up right now: start again when it is done.",
    ),
    "read_only": (
        "{place}에 쓸 수 없어요. 내 폴더로 옮기거나 쓰기 권한을 준 뒤 다시 시작해 주세요.",
        "{place} cannot be written to: move the folder to a place of yours, or give yourself the "
        "right to write there, and start again.",
    ),
    "no_space": (
        "디스크에 {free}만 남아서 설치할 수 없어요. {needed} 넘게 비우고 다시 시작해 주세요.",
        "Only {free} of disk space is left, too little to install: free {needed} and start again.",
    ),
    "disk_full": (
        "설치하다가 디스크가 가득 찼어요({free} 남음). {needed} 넘게 비우고 다시 시작해 주세요.",
        "The disk became full while installing ({free} left): free {needed} and start again.",
    ),
    "no_network": (
        "패키지를 내려받을 수 없어요. 처음 설치할 때만 인터넷이 필요하니, 연결(회사라면 프록시)을 "
        "확인하고 다시 시작해 주세요.",
        "Packages cannot be downloaded: the first set-up needs the internet, so check the "
        "connection (and the proxy, at work) and start again.",
    ),
    "certificate": (
        "보안 인증서를 확인할 수 없어요. 컴퓨터의 날짜를 확인하고, 회사 네트워크라면 PIP_CERT에 "
        "회사 인증서 파일을 적은 뒤 다시 시작해 주세요.",
        "The security certificate cannot be checked: look at the date of the computer, name your "
        "company's certificate file in PIP_CERT if there is one, and start again.",
    ),
    "hashes": (
        "내려받은 패키지가 고정해 둔 것과 달라서 설치하지 않았어요. 내려받다가 깨졌을 수 있으니 "
        "`pip cache purge` 뒤에 다시 시작해 주세요.",
        "A downloaded package is not the one that was pinned, so nothing was installed: run "
        "`pip cache purge` and start again.",
    ),
    "no_wheel": (
        "이 컴퓨터({machine})용으로 만들어진 패키지가 없어요. 64비트 파이썬 3.11~3.14인지 "
        "확인하고, 토치라면 TORCH_COMMAND로 설치 명령을 정해 주세요.",
        "There is no ready-made package for this computer ({machine}): use a 64-bit Python 3.11 "
        "to 3.14, or give your own torch command in TORCH_COMMAND.",
    ),
    "intel_mac": (
        "인텔 맥용 토치는 더 나오지 않아요. 애플 실리콘 맥이나 리눅스, 윈도우를 쓰거나 "
        "TORCH_COMMAND로 직접 정해 주세요.",
        "torch is no longer made for Intel Macs: use Apple silicon, Linux or Windows, or give "
        "your own command in TORCH_COMMAND.",
    ),
    "managed": (
        "이 파이썬은 시스템이 관리해서 패키지를 넣을 수 없어요. venv_dir=- 를 지우고 다시 시작해 "
        "주세요.",
        "This Python belongs to the system and takes no packages: remove venv_dir=- and start "
        "again.",
    ),
    "long_path": (
        "폴더 경로가 너무 길어요. C:\\amumal처럼 짧은 곳으로 옮기고 다시 시작해 주세요.",
        "The path of the folder is too long: move it to a short one such as C:\\amumal and start "
        "again.",
    ),
    "pip_failed": (
        "설치 명령이 실패했어요(종료 코드 {code}). 위에 나온 오류를 확인하고 다시 시작해 주세요: "
        "{command}",
        "The install command failed (exit code {code}): see the error above and start again: "
        "{command}",
    ),
    "no_program": (
        "‘{program}’ 프로그램을 실행할 수 없어요. TORCH_COMMAND를 확인해 주세요.",
        "The program “{program}” cannot be run: check TORCH_COMMAND.",
    ),
    "bad_quotes": (
        "TORCH_COMMAND의 따옴표가 짝이 맞지 않아요. 따옴표를 닫아 주세요: {command}",
        "A quotation mark in TORCH_COMMAND has no partner, close it: {command}",
    ),
    "no_file": (
        "{file} 파일이 없어요. REQS_FILE을 확인하거나 놀이터를 다시 내려받아 주세요.",
        "{file} is missing: check REQS_FILE, or download the playground again.",
    ),
    "unexpected": (
        "설치하다가 문제가 생겼어요({error}). 놀이터를 다시 내려받아 보세요.",
        "Set-up ran into a problem ({error}): download the playground again.",
    ),
}


class SetupError(Exception):
    """Set-up cannot go on; the key names the sentence that says why and what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


def both(key: str, **values: object) -> str:
    """Return the sentence in both languages, one a line.

    >>> print(both("venv", folder=".venv"))
    가상 환경을 만들어요: .venv
    Making the virtual environment: .venv
    """
    return "\n".join(sentence.format(**values) for sentence in SENTENCES[key])


def tell(key: str, **values: object) -> None:
    """Say what is going on."""
    print(both(key, **values), flush=True)


def complain(error: SetupError) -> None:
    """Say what went wrong and what to do, after whatever was printed before."""
    sys.stdout.flush()
    print("\n" + both(error.key, **error.values), file=sys.stderr, flush=True)


def make_streams_safe() -> None:
    """Print `?` instead of failing where the terminal has no Hangul."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
