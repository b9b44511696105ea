"""Sentences of the page room: labels, the stage, the album, the gate and the share link."""

from __future__ import annotations

from playground.messages import Text

LABELS: dict[str, Text] = {
    "page.title": Text("아무말 놀이터", "아무말 놀이터 · Amumal Playground"),
    "page.name": Text("아무말 놀이터", "아무말 놀이터"),
    "page.tagline": Text(
        "말도 안 되는 말을 뽑아, 말도 안 되는 그림으로.",
        "Draw Korean nonsense. See it drawn.",
    ),
    "page.theme": Text("밝은 화면과 어두운 화면 바꾸기", "Switch between light and dark"),
    "page.tab.play": Text("놀기", "Play"),
    "page.count": Text("몇 개", "How many"),
    "page.surprise": Text("엉뚱함", "Surprise"),
    "page.say": Text("아무말 뽑기", "Draw phrases"),
    "page.phrases": Text("나온 아무말", "Phrases"),
    "page.phrases.empty": Text(
        "아직 나온 말이 없어요. 노란 단추를 누르면 아무말이 쏟아져요.",
        "Nothing here yet. Press the yellow button and nonsense comes pouring out.",
    ),
    "page.own": Text("직접 쓰기", "Your own words"),
    "page.own.hint": Text(
        "예: 우산 쓴 고래가 국수를 먹는다",
        "e.g. 우산 쓴 고래가 국수를 먹는다 (a whale with an umbrella eats noodles)",
    ),
    "page.draw": Text("그리기", "Illustrate"),
    "page.stop": Text("멈춤", "Stop"),
    "page.keys": Text("Ctrl+Enter 시작 · Esc 중단", "Ctrl+Enter starts · Esc stops"),
    "page.settings": Text("세부 설정", "Fine tuning"),
    "page.sampler": Text("샘플러", "Sampler"),
    "page.steps": Text("단계 수", "Steps"),
    "page.guidance": Text("말 따르는 세기 (CFG)", "Guidance (CFG)"),
    "page.width": Text("너비", "Width"),
    "page.height": Text("높이", "Height"),
    "page.seed": Text("시드 (-1이면 매번 새로)", "Seed (-1: a new one every time)"),
    "page.negative": Text("빼고 싶은 것", "Negative prompt"),
    "page.negative.hint": Text("그림에 없었으면 하는 것", "What should not be in the picture"),
}

# What the scripts of the page say by themselves.
SCRIPT: dict[str, Text] = {
    "page.seed.frozen": Text("시드 {seed} 고정 ×", "Seed {seed} stays ×"),
    "page.seed.let_go": Text(
        "그림마다 같은 시드를 써서 비슷하게 나와요. 누르면 매번 새로 뽑아요.",
        "Every picture uses the same seed, so they look alike. Press to draw a new one each time.",
    ),
    "stage.name": Text("그림", "Picture"),
    "stage.progress": Text("그림이 그려진 정도", "How far the picture is"),
    "stage.sending": Text("보내는 중…", "Sending…"),
    "stage.lost": Text(
        "놀이터와 연결이 끊겼어요. 이어지는 대로 그림이 어떻게 됐는지 보여 드릴게요.",
        "The connection is gone. What became of the drawing will show up once it is back.",
    ),
    "connection.lost": Text(
        "놀이터가 답하지 않아요. 꺼졌을 수 있으니 시작한 창을 확인해 주세요. "
        "다시 켜지면 알려 드릴게요.",
        "The playground does not answer. It may have been shut down: look at the window that "
        "started it. You will be told when it is back.",
    ),
    "connection.back": Text(
        "놀이터와 다시 이어졌어요. 움직이지 않는 곳이 있으면 페이지를 새로 고쳐 주세요.",
        "The playground answers again. If something does not move, load the page again.",
    ),
    "connection.reload": Text("새로 고침", "Load again"),
    "stage.begun": Text("그림을 그리기 시작했어요.", "The drawing has begun."),
    "stage.nothing_to_stop": Text("지금은 그리고 있는 그림이 없어요.", "Nothing is being drawn."),
    "dial.number": Text("{label}, 숫자로", "{label}, as a number"),
    "dial.slider": Text("{label}, 손잡이로", "{label}, slider"),
    "dial.reset": Text("{label} 처음 값으로", "Reset {label}"),
    "album.save": Text("그림 저장", "Save picture"),
    "album.reuse": Text("이 설정으로", "Use these settings"),
    "album.close": Text("닫기", "Close"),
    "album.more": Text("더 보기", "Show more"),
    "offer.again": Text("다시 실행", "Run again"),
    "offer.dismiss": Text("그만두기", "Dismiss"),
}

SENTENCES: dict[str, Text] = {
    "page.unexpected": Text(
        "뜻밖의 문제({kind})가 생겨 끝내지 못했어요. 쓰신 내용은 그대로 있으니 다시 해 보시고, "
        "또 그러면 시작한 창에 남은 기록을 살펴봐 주세요.",
        "Something unexpected ({kind}) got in the way. What you wrote is still here: try again, "
        "and if it happens again look at the log in the window that started the playground.",
    ),
    "stage.welcome": Text("여기에 그림이 나타나요", "Your picture appears here"),
    "stage.welcome.more": Text(
        "아무말을 하나 고르고 빨간 단추를 누르세요.",
        "Pick a phrase and press the red button.",
    ),
    "stage.queued": Text("차례를 기다리는 중 · 앞에 {ahead}장", "Waiting · {ahead} ahead"),
    "stage.queued.next": Text("곧 시작해요…", "About to start…"),
    "stage.importing": Text("그림 도구를 꺼내는 중…", "Getting the tools out…"),
    "stage.checking": Text(
        "모델 파일이 온전한지 확인하는 중… {percent}%", "Checking the model's file… {percent} %"
    ),
    "stage.loading": Text("그림 모델을 불러오는 중…", "Loading the picture model…"),
    "stage.warming_up": Text(
        "이 크기를 처음 그려서 빠르게 그릴 준비를 하는 중… (다음부터는 바로 그려요)",
        "Getting ready to draw this size fast, as it is the first time…",
    ),
    "stage.drawing": Text("그리는 중", "Drawing"),
    "stage.drawing.left": Text(
        "그리는 중 · 약 {seconds}초 남음", "Drawing · about {seconds} s left"
    ),
    "stage.finishing": Text("마무리하는 중…", "Finishing…"),
    "stage.done": Text(
        "다 그렸어요 · {seconds}초 · 시드 {seed}", "Done · {seconds} s · seed {seed}"
    ),
    "stage.cancelled": Text(
        "멈췄어요. 고른 말과 설정은 그대로 있어요.",
        "Stopped. Your phrase and settings are as you left them.",
    ),
    "stage.interrupted": Text(
        "놀이터가 꺼지면서 그림이 끊겼어요.", "The playground was shut down in the middle of it."
    ),
    "stage.failed": Text("그리지 못했어요.", "The picture could not be drawn."),
    "stage.prompt": Text("모델이 읽은 말", "What the model read"),
    "stage.alt": Text("‘{phrase}’ 그림", "Picture of “{phrase}”"),
    "stage.gloss": Text("영어로", "In English"),
    "offer.text": Text(
        "지난번에 끝내지 못한 그림이 있어요: ‘{phrase}’",
        "A picture was left unfinished last time: “{phrase}”",
    ),
    "pill.waiting": Text("그림 모델 준비 전", "Picture model not loaded yet"),
    "pill.importing": Text("그림 도구를 꺼내는 중…", "Getting the tools out…"),
    "pill.loading": Text("그림 모델을 불러오는 중…", "Loading the picture model…"),
    "pill.ready": Text("준비 끝!", "Ready!"),
    "pill.drawing": Text("준비 끝!", "Ready!"),
    "pill.failed": Text("그림 모델을 불러오지 못했어요", "The picture model could not be loaded"),
    "album.title": Text("지난 그림", "Past pictures"),
    "album.empty": Text(
        "그린 그림은 여기에 차곡차곡 모여요. 첫 그림을 그려 볼까요?",
        "Your pictures gather here. How about the first one?",
    ),
    "album.facts": Text(
        "{width}x{height} · {sampler} · {steps}단계 · CFG {guidance} · 시드 {seed}",
        "{width}x{height} · {sampler} · {steps} steps · CFG {guidance} · seed {seed}",
    ),
    "album.file": Text("아무말", "amumal"),
}

GATE: dict[str, Text] = {
    "gate.foreign_host": Text(
        "모르는 이름으로 들어온 요청이라 열지 않았어요. http://127.0.0.1 로 시작하는 주소로 "
        "여시거나, 이 이름을 --public-host 로 알려 주세요.",
        "This name is not one of mine, so nothing was opened. Use the address that starts with "
        "http://127.0.0.1, or tell me the name with --public-host.",
    ),
    "gate.cross_site": Text(
        "다른 웹사이트가 보낸 요청이라 받지 않았어요. 놀이터 페이지에서 직접 해 주세요. "
        "리버스 프록시 뒤라면 프록시가 Host를 그대로 넘기게 해 주세요(docs/proxy.md).",
        "Another web site caused this request, so it was refused. Do it from the playground's "
        "own page. Behind a reverse proxy, have it hand on Host as it came (docs/proxy.md).",
    ),
    "gate.owner.refused": Text(
        "주인의 주소가 아니에요. 한 번 썼거나 한 시간이 지났어요. 이 컴퓨터에서 "
        "python -m playground owner 로 새로 받아 주세요.",
        "This is no owner's address: it was used once, or it is more than an hour old. Get a new "
        "one on this computer with python -m playground owner.",
    ),
    "gate.not_here": Text("여기에는 아무것도 없어요.", "There is nothing here."),
    "gate.login.needed": Text(
        "비밀번호로 잠긴 놀이터예요. 들어가려면 이름과 비밀번호를 적어 주세요.",
        "This playground is locked. Enter the user name and the password to come in.",
    ),
    "gate.login.user": Text("이름", "User name"),
    "gate.login.password": Text("비밀번호", "Password"),
    "gate.login.enter": Text("들어가기", "Come in"),
    "gate.login.wrong": Text(
        "이름이나 비밀번호가 맞지 않아요. 한/영 키와 Caps Lock을 확인하고 다시 적어 주세요.",
        "The user name or the password is wrong. Check Caps Lock and the keyboard language.",
    ),
    "gate.login.wait": Text(
        "여러 번 틀려서 잠시 닫아 두었어요. {seconds}초 뒤에 다시 해 주세요.",
        "Too many wrong tries, so the door is shut for a moment. Try again in {seconds} seconds.",
    ),
}

SHARE: dict[str, Text] = {
    "share.offline": Text(
        "공유 링크를 만들지 못했어요: 인터넷의 중계 서버에 닿지 않아요({reason}). "
        "이 컴퓨터에서는 그대로 쓸 수 있으니, 인터넷을 확인하고 다시 시작해 주세요.",
        "There is no share link: the relay server on the internet cannot be reached ({reason}). "
        "The page works on this machine; check the connection and start again for a link.",
    ),
    "share.bad_program": Text(
        "공유 링크를 만들지 않았어요: 중계 프로그램({path})이 알려진 것과 달라요. "
        "바뀌었거나 덜 받아진 파일이라 실행하지 않고 지웠으니 다시 시작해 주세요.",
        "There is no share link: the relay program ({path}) is not the one it should be. "
        "It was altered or cut short, so it was not run but deleted; start again to fetch it.",
    ),
    "share.unknown_system": Text(
        "이 컴퓨터({system})에서 쓸 수 있는 중계 프로그램이 없어 공유 링크를 만들 수 없어요. "
        "같은 네트워크에서는 --listen 으로 열 수 있어요.",
        "There is no relay program for this kind of machine ({system}), so no share link. "
        "Use --listen to open the page on your own network.",
    ),
    "share.failed": Text(
        "공유 링크를 만들지 못했어요: 중계 프로그램이 이렇게 답했어요: {reason}. "
        "이 컴퓨터에서는 그대로 쓸 수 있어요.",
        "There is no share link: the relay program answered: {reason}. "
        "The page works on this machine.",
    ),
}

ROWS: dict[str, Text] = {**LABELS, **SCRIPT, **SENTENCES, **GATE, **SHARE}
