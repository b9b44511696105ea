"""What is said about pictures that somebody hands over to start from."""

from __future__ import annotations

from playground.messages import Text

ROWS: dict[str, Text] = {
    "input.bytes": Text(
        "그림 파일이 너무 커요({size}). {limit}까지 받을 수 있으니 줄여서 다시 올려 주세요.",
        "The picture file is too large ({size}); up to {limit} is taken. Make it smaller and try "
        "again.",
    ),
    "input.pixels": Text(
        "그림이 너무 넓어요({size}). 펼치면 메모리를 다 쓰니 {limit}백만 화소까지만 받아요. "
        "줄여서 다시 올려 주세요.",
        "The picture has too many pixels ({size}); unpacked it would fill the memory. Up to "
        "{limit} million are taken: make it smaller and try again.",
    ),
    "input.side": Text(
        "그림의 한 변이 너무 길어요({size}). {limit} 픽셀까지 받으니 줄여서 다시 올려 주세요.",
        "One side of the picture is too long ({size}); up to {limit} pixels are taken. Make it "
        "smaller and try again.",
    ),
    "input.ratio": Text(
        "그림이 너무 길쭉해요({size}). 긴 변이 짧은 변의 {limit}배까지인 그림만 받아요. "
        "필요한 부분만 잘라서 다시 올려 주세요.",
        "The picture is too narrow ({size}): the longer side may be {limit} times the shorter one "
        "at most. Cut out the part you need and try again.",
    ),
    "input.broken": Text(
        "그림으로 읽을 수 없는 파일이에요. 그림이 아니거나 깨졌어요. "
        "PNG, JPEG, WebP, GIF, BMP 그림을 올려 주세요.",
        "This file cannot be read as a picture: it is something else or damaged. "
        "Please use a PNG, JPEG, WebP, GIF or BMP.",
    ),
}
