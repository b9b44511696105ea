"""Sentences about deleting what one has made or brought."""

from __future__ import annotations

from playground.messages import Text

LABELS: dict[str, Text] = {
    "drawing.forget": Text("올린 그림 지우기", "Delete what was uploaded"),
    "writing.forget": Text("배운 글 지우기", "Delete the text and what was learnt"),
}

SCRIPT: dict[str, Text] = {
    "delete.picture": Text("지우기", "Delete"),
    "delete.undo": Text("되돌리기", "Undo"),
    "delete.lost": Text(
        "놀이터와 연결되지 않아 지우지 못했어요. 시작한 창을 확인하고 다시 눌러 주세요.",
        "The playground does not answer, so nothing was deleted. Look at the window that started "
        "it and press again.",
    ),
    "delete.text.back": Text(
        "글을 칸에 되돌려 놓았어요. 다시 배우려면 단추를 눌러 주세요.",
        "The text is back in its box. Press the button to learn it again.",
    ),
    "delete.input.none": Text("올려 둔 그림이 없어요.", "Nothing has been uploaded."),
    "delete.all": Text("내 것 모두 지우기", "Delete everything of mine"),
    "delete.all.ask": Text(
        "이 브라우저로 그린 그림, 올린 그림, 뽑은 말과 기다리는 그림을 모두 지워요. 이 브라우저에 "
        "남은 대화와 이야기, 적어 둔 설정도 지워요. 되돌릴 수 없어요.",
        "This deletes all pictures drawn from this browser, what was uploaded, phrases and "
        "drawings that wait, and the conversations, stories and settings that this browser "
        "remembers. It cannot be undone.",
    ),
    "delete.all.yes": Text("모두 지워요", "Delete it all"),
    "delete.all.no": Text("그대로 둘래요", "Keep it"),
}

SENTENCES: dict[str, Text] = {
    "delete.binned": Text(
        "그림을 지웠어요. {seconds}초 안에는 되돌릴 수 있고, 그 뒤에는 파일까지 사라져요.",
        "The picture was deleted. It can be had back for {seconds} seconds; then its file goes "
        "too.",
    ),
    "delete.back": Text("그림을 되돌려 놓았어요.", "The picture is back."),
    "delete.input.done": Text(
        "올린 그림을 지웠어요. 그 그림으로 그린 것은 앨범에 남아 있어요.",
        "What was uploaded is deleted. What was drawn from it is still in the album.",
    ),
    "delete.text.done": Text(
        "배운 글과 그 글로 쓴 말 {phrases}개를 지웠어요.",
        "The text, what was learnt of it and its phrases ({phrases}) are deleted.",
    ),
    "delete.all.done": Text(
        "모두 지웠어요: 그림 {pictures}장, 올린 그림 {inputs}장, 뽑은 말 {phrases}개.",
        "Everything is deleted: pictures: {pictures}, uploaded: {inputs}, phrases: {phrases}.",
    ),
    "picture.gone": Text(
        "{id}번 그림을 되돌릴 수 없어요. 되돌릴 시간이 지나 파일까지 지웠어요. "
        "설정을 기억한다면 다시 그려 주세요.",
        "Picture {id} cannot be had back: its time is over and its file is deleted. Draw it again "
        "if you remember the settings.",
    ),
    "drop.hint.picture": Text(
        "여기로 끌어다 놓아도 돼요. 50MB까지 받아요. 파일은 메모리에만 두고 한 시간 뒤에 지워요. "
        "다시 그릴 수 있게, 보이는 것만 위치 정보 없이 데이터 폴더의 inputs에 남겨요. ‘올린 그림 "
        "지우기’를 누르거나, 그것으로 그린 그림 없이 30일이 지나면 지워요.",
        "Or drop it here, up to 50 MB. The file is kept in memory only and forgotten after an "
        "hour. So that it can be drawn from again, what it shows stays in inputs of the data "
        "folder, without location, until you press “Delete what was uploaded”, or for 30 days "
        "when no picture was drawn from it.",
    ),
    "field.picture": Text("그림 번호", "picture number"),
    "cli.pictures": Text("그린 그림을 늘어놓거나 지워요", "List pictures, or delete them"),
    "cli.example.pictures": Text(
        "  python -m playground pictures list --count 5\n  python -m playground pictures delete 12",
        "  python -m playground pictures list --count 5\n  python -m playground pictures delete 12",
    ),
    "cli.pictures.act": Text("list: 늘어놓기, delete: 지우기", "list or delete"),
    "cli.pictures.ids": Text("지울 그림의 번호들", "Numbers of the pictures to delete"),
    "cli.pictures.count": Text("몇 장이나 늘어놓을지", "How many to list"),
    "cli.pictures.none": Text(
        "그린 그림이 아직 없어요. 페이지에서 그리면 여기에 나와요.",
        "There are no pictures yet. What is drawn on the page is listed here.",
    ),
    "cli.pictures.deleted": Text("{id}번 그림을 지웠어요.", "Picture {id} is deleted."),
    "cli.pictures.no_ids": Text(
        "지울 그림의 번호가 없어요. 무엇을 지울지 알 수 없으니 번호를 적어 주세요. "
        "python -m playground pictures list 가 번호를 보여 줘요.",
        "There is no number, so it is not known what to delete. Give the numbers that "
        "`python -m playground pictures list` shows.",
    ),
}

ROWS: dict[str, Text] = {**LABELS, **SCRIPT, **SENTENCES}
