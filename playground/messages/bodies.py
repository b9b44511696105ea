"""What is said to a request whose body is not taken."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "body.large": Text(
        "보낸 내용이 4MB를 넘어서 읽지 않았어요. 한 번에 보내는 양을 줄여 주세요.",
        "What was sent has more than 4 MB, so it was not read. Send less at once.",
    ),
    "body.slow": Text(
        "보낸 내용이 너무 느리게 와서 기다리기를 그만뒀어요. 연결을 확인하고 다시 보내 주세요.",
        "What was sent came too slowly, so the wait was ended. Check the connection and try again.",
    ),
    "body.nested": Text(
        "보낸 값이 너무 깊거나 많이 겹쳐 있어서 읽지 않았어요. 더 단순한 값으로 보내 주세요.",
        "The values sent are nested too deeply or too often, so they were not read. Send plainer "
        "ones.",
    ),
    "body.turns": Text(
        "같은 곳(주소나 로그인)에서 부탁한 일이 너무 많아서 받지 않았어요. "
        "앞의 일이 끝나면 다시 해 주세요.",
        "Too much is being asked for from the same place (address or login), so this was not "
        "taken. Try again when the rest is done.",
    ),
    "body.requests": Text(
        "같은 곳(주소나 로그인)에서 연 창과 요청이 너무 많아서 답하지 않았어요. "
        "쓰지 않는 창을 닫고 다시 해 주세요.",
        "Too many windows and requests are open from the same place (address or login), so this "
        "was not answered. Close those that are not used and try again.",
    ),
    "body.file": Text(
        "값 안에 파일의 주소가 들어 있어서 받지 않았어요. "
        "파일은 페이지의 ‘파일 고르기’로 넣어 주세요.",
        "A value names a file by its address, so it was refused. Hand files over with the page's "
        "file button.",
    ),
    "body.odd": Text(
        "알아볼 수 없는 요청이라 처리하지 않았어요. 페이지를 새로 고친 다음 다시 해 주세요.",
        "This request makes no sense here, so nothing was done. Reload the page and try again.",
    ),
}
