"""Sentences of the studio room: the data folder, the database, jobs, pictures and settings."""

from __future__ import annotations

from playground.messages import Text

_DATA_DIR: dict[str, Text] = {
    "studio.in_use": Text(
        "‘{path}’ 폴더에서 놀이터가 이미 켜져 있어요(프로세스 {pid}, 주소 {where}). "
        "둘이 같은 폴더에 쓰면 그림이 섞이니, {where} 페이지를 여시거나 "
        "그쪽을 끄고 다시 켜 주세요.",
        "The playground is already running on {path} (process {pid}, at {where}). Two of them in "
        "one folder would mix up pictures: open {where}, or stop that one and start again.",
    ),
    "studio.in_use.starting": Text(
        "‘{path}’ 폴더에서 놀이터가 이미 켜지는 중이에요(프로세스 {pid}). 둘이 같은 폴더에 쓰면 "
        "그림이 섞이니, 조금 기다려 그쪽을 쓰시거나 그쪽을 끄고 다시 켜 주세요.",
        "The playground is already starting on {path} (process {pid}). Two of them in one folder "
        "would mix up pictures: wait for that one, or stop it and start again.",
    ),
    "studio.read_only": Text(
        "‘{path}’ 폴더에 아무것도 쓸 수 없어요. 그림과 기록을 둘 곳이 없어 시작하지 않았어요. "
        "폴더의 쓰기 권한을 켜거나 --data-dir 로 다른 폴더를 골라 주세요.",
        "Nothing can be written in {path}. There is no place for pictures and records, so nothing "
        "was started: allow writing there, or choose another folder with --data-dir.",
    ),
    "studio.unusable": Text(
        "‘{path}’을(를) 데이터 폴더로 쓸 수 없어요({reason}). 그림과 기록을 둘 곳이 없어 시작하지 "
        "않았어요. --data-dir 로 다른 폴더를 골라 주세요.",
        "{path} cannot be the data folder ({reason}). There is no place for pictures and records, "
        "so nothing was started: choose another folder with --data-dir.",
    ),
    "studio.closing": Text(
        "놀이터가 꺼지는 중이라 새 그림을 받을 수 없어요. 다시 켠 뒤에 그려 주세요.",
        "The playground is shutting down and takes no new drawings. Draw it after the next start.",
    ),
}

_DATABASE: dict[str, Text] = {
    "database.too_new": Text(
        "데이터베이스가 더 새로운 놀이터의 것이에요(형식 {version}, 여기서는 {known}까지 읽어요). "
        "망가뜨리지 않으려고 건드리지 않았어요. 놀이터를 새 버전으로 올려 주세요.",
        "A newer playground made the database (format {version}, this one reads up to {known}). "
        "It was left untouched to keep it whole: update the playground.",
    ),
    "database.damaged": Text(
        "데이터베이스가 망가져 있어요({reason}). 그림 파일은 그대로 있으니, 놀이터를 껐다 켜면 "
        "그림에서 목록을 다시 만들어요.",
        "The database is damaged ({reason}). The picture files are safe: restart the playground "
        "and it makes the list again from them.",
    ),
    "database.repaired": Text(
        "데이터베이스가 망가져 있어서 새로 만들었어요. 그림은 파일에서 다시 찾아 목록에 넣었지만 "
        "아무말 기록과 대기열은 비었어요. 옛것은 ‘{name}’에 그대로 두었으니 필요 없으면 지우세요.",
        "The database was damaged, so a new one was made. Pictures were listed again from their "
        "files; the phrases said before and the queue are empty. The old one is kept as {name}: "
        "delete it if you do not need it.",
    ),
    "database.busy": Text(
        "다른 프로그램이 데이터베이스 ‘{name}’을(를) 붙잡고 있어요. 기록을 쓸 수 없으니 "
        "그 프로그램을 닫고 다시 해 주세요.",
        "Another program holds the database {name}. Nothing can be recorded: close that program "
        "and try again.",
    ),
    "database.failed": Text(
        "데이터베이스 ‘{name}’을(를) 쓰지 못했어요({reason}). 기록이 남지 않을 수 있으니, "
        "디스크를 살펴보고 놀이터를 다시 켜 주세요.",
        "The database {name} could not be used ({reason}). Records may be missing: check the disk "
        "and restart the playground.",
    ),
}

_JOBS: dict[str, Text] = {
    "queue.full": Text(
        "그림이 벌써 {limit}장이나 기다리고 있어요. 더 받으면 너무 오래 걸리니 "
        "몇 장이 끝난 뒤에 다시 눌러 주세요.",
        "{limit} drawings are waiting already. More would take too long: try again when a few "
        "are done.",
    ),
    "queue.full.owner": Text(
        "부탁하신 그림 {limit}장이 아직 끝나지 않았어요. 다른 사람도 그려야 하니 "
        "한 장이 끝난 뒤에 다시 누르거나 하나를 취소해 주세요.",
        "{limit} of your drawings are not done yet. Others want to draw too: wait for one of "
        "them or cancel one.",
    ),
    "queue.full.source": Text(
        "같은 곳(주소나 로그인)에서 부탁한 그림 {limit}장이 아직 끝나지 않았어요. "
        "다른 사람도 그려야 하니 몇 장이 끝난 뒤에 다시 눌러 주세요.",
        "{limit} drawings from the same place (address or login) are not done yet. Others want to "
        "draw too: try again when a few are done.",
    ),
    "queue.full.guests": Text(
        "손님들이 부탁한 그림이 벌써 {limit}장이나 기다리고 있어요. 더 받으면 너무 오래 걸리니 "
        "몇 장이 끝난 뒤에 다시 눌러 주세요.",
        "{limit} drawings of guests are waiting already. More would take too long: try again when "
        "a few are done.",
    ),
    "queue.full.together": Text(
        "그림 {wanted}장을 함께 부탁하셨는데 지금은 {room}장까지만 받을 수 있어요. "
        "앞의 그림이 끝난 뒤에 다시 누르거나 장수를 줄여 주세요.",
        "You want {wanted} drawings at once, and there is room for {room} now: try again when "
        "earlier ones are done, or want fewer.",
    ),
    "job.not_found": Text(
        "{id}번 작업을 찾을 수 없어요. 오래되어 지워졌거나 다른 사람의 작업이에요. "
        "처음부터 다시 그려 주세요.",
        "There is no job {id}. It is old and gone, or somebody else's: draw again from the start.",
    ),
    "job.unexpected": Text(
        "그리다가 뜻밖의 문제({kind})가 생겨 멈췄어요. 다음 그림은 그릴 수 있으니 다시 해 보시고, "
        "또 그러면 로그의 마지막 부분을 함께 알려 주세요.",
        "The drawing stopped with an unexpected problem ({kind}). The next one can go ahead: try "
        "again, and if it comes back, report it with the end of the log.",
    ),
    "picture.not_found": Text(
        "{id}번 그림을 찾을 수 없어요. 파일이 지워졌거나 옮겨졌거나 다른 사람의 그림이에요. "
        "파일을 제자리에 돌려 놓고 놀이터를 다시 켜면 다시 보여요.",
        "There is no picture {id}. Its file was deleted or moved, or it is somebody else's: put "
        "the file back and restart the playground to see it again.",
    ),
    "pictures.found": Text(
        "목록에 없던 그림 {count}장을 outputs 폴더에서 찾아 넣었어요. 따로 하실 일은 없어요.",
        "{count} pictures in the outputs folder were missing from the list and have been added. "
        "There is nothing to do.",
    ),
}

_SETTINGS: dict[str, Text] = {
    "settings.broken": Text(
        "설정 파일을 읽을 수 없어서 기본값으로 시작했어요. 옛 파일은 ‘{name}’에 그대로 두었으니, "
        "설정을 다시 고르거나 그 파일을 고쳐 settings.json 으로 되돌려 주세요.",
        "The settings file made no sense, so the defaults are used. The old file is kept as "
        "{name}: choose your settings again, or mend it and rename it to settings.json.",
    ),
    "settings.value": Text(
        "설정 ‘{key}’의 값 ‘{value}’은(는) 쓸 수 없어서 기본값을 썼어요. 다시 골라 주세요.",
        "The setting {key} cannot be “{value}”, so its default is used. Choose it again.",
    ),
}

ROWS: dict[str, Text] = {**_DATA_DIR, **_DATABASE, **_JOBS, **_SETTINGS}
