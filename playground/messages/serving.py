"""What the console says while the page is being served."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "serving.ready": Text(
        "아무말 놀이터: {url} · 시작 {times} · 끄려면 Ctrl+C",
        "Amumal Playground: {url} · started in {times} · Ctrl+C ends it",
    ),
    "serving.closing": Text(
        "끄는 중이에요. 쓰던 것이 마저 적히기를 기다려요. Ctrl+C를 한 번 더 누르면 바로 꺼져요.",
        "Ending: what was being worked on is written down first. Ctrl+C again ends it at once.",
    ),
    "serving.closing.drawing": Text(
        "끄는 중이에요. 그리던 그림의 한 걸음이 끝나기를 기다려요(길어도 5초). 그림은 다시 켠 뒤에 "
        "이어서 부탁할 수 있어요. Ctrl+C를 한 번 더 누르면 바로 꺼져요.",
        "Ending: the step of the picture being drawn is finished first (5 seconds at most). "
        "The picture can be asked for again at the next start. Ctrl+C again ends it at once.",
    ),
    "serving.closing.training": Text(
        "끄는 중이에요. 배우던 것을 적어 두기를 기다려요(길어도 20초). 다시 켠 뒤에 이어서 배울 수 "
        "있어요. Ctrl+C를 한 번 더 누르면 마지막으로 적어 둔 데까지만 남고 바로 꺼져요.",
        "Ending: what was learned is written down first (20 seconds at most). The training can go "
        "on at the next start. Ctrl+C again ends it at once and keeps what was last written down.",
    ),
    "serving.step": Text("[{since}초] {step} · {seconds}초", "[{since} s] {step} · {seconds} s"),
    "serving.step.python": Text("프로그램 불러오기", "import the program"),
    "serving.step.library": Text("모델 폴더 살펴보기", "look through the model folders"),
    "serving.step.studio": Text("기록과 그림 열기", "open the records and pictures"),
    "serving.step.words": Text("내 낱말 읽기", "read your own words"),
    "serving.step.gradio": Text("Gradio 불러오기", "import Gradio"),
    "serving.step.tabs": Text("탭 만들기", "build the tabs"),
    "serving.step.page": Text("페이지 준비, 모두 더해", "make the page, in all"),
    "serving.step.socket": Text("포트 열기", "open the port"),
    "serving.model": Text("그림 모델: {line}", "picture model: {line}"),
    "serving.link": Text("공유 주소: {link}", "share link: {link}"),
    "serving.owner": Text(
        "이 컴퓨터의 주인이면 이 주소를 열어 주세요(한 시간 안에 한 번만 쓸 수 있어요): {link}\n"
        "다른 주소로 들어온 사람은 손님이에요. 새로 받으려면 python -m playground owner",
        "If this computer is yours, open this address (good once, for an hour): {link}\n"
        "Whoever comes in another way is a guest. For a new one: python -m playground owner",
    ),
    "serving.proxy": Text(
        "앞에 프록시가 있어서 이제 누가 이 컴퓨터 앞에 있는지 주소만으로는 알 수 없어요. "
        "이 컴퓨터의 주인이면 이 주소를 열어 주세요(한 시간 안에 한 번만 쓸 수 있어요): {link}",
        "There is a proxy in front, so an address no longer tells who is at this computer. If it "
        "is yours, open this address (good once, for an hour): {link}",
    ),
    "serving.auth_seen": Text(
        "--gradio-auth에 쓴 비밀번호는 이 컴퓨터의 다른 사용자가 프로그램 목록(ps)에서 "
        "볼 수 있어요. 파일에 적어 --gradio-auth-path로 알려 주세요.",
        "Other users of this computer can see the password of --gradio-auth in the list of "
        "programs (ps). Put it in a file and name that with --gradio-auth-path.",
    ),
    "launch.port_taken": Text(
        "포트 {port}은(는) 다른 프로그램이 쓰고 있어서 페이지를 열 수 없어요. "
        "--port {free} 로 시작하거나, --port 없이 시작하면 빈 포트를 찾아요.",
        "Port {port} is taken by another program, so the page cannot be opened there. Start with "
        "--port {free}, or without --port to take the first free one.",
    ),
    "launch.host": Text(
        "주소 {host}에서 페이지를 열 수 없어요({reason}). 이 컴퓨터의 주소가 아니에요. "
        "--server-name 을 빼거나 이 컴퓨터의 주소로 바꿔 주세요. 밖에서 부르는 이름이면 "
        "--public-host {host} 로 알려 주세요.",
        "The page cannot be opened at {host} ({reason}): it is not an address of this computer. "
        "Leave --server-name out or give an address of this computer. If others call it by that "
        "name, write --public-host {host}.",
    ),
    "serving.password": Text(
        "다른 사람도 들어올 수 있게 열면서 비밀번호를 정하지 않아서 하나 만들었어요(다시 보여 주지 "
        "않아요). 이름 {user}, 비밀번호 {password}",
        "The page is open to others and no login was given, so here is one (shown only once). "
        "User {user}, password {password}",
    ),
}
