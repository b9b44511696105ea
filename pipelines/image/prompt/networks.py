"""`<lora:name:0.8>` is taken out of a prompt and parsed: kind, name, arguments.

Every tag is returned, of unknown kinds too, so that none vanishes silently: `check_kinds` refuses
what nobody can load. A backslash before a sign makes it a letter of the name. Does not know files;
whether a network exists is for whoever loads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.attention import MAX_WEIGHT

TAG = re.compile(r"\\.|<(?P<kind>\w+):(?P<args>(?:[^\\>]|\\.)++)>", re.DOTALL)
SIGN = r"[^\w\n]|_"  # behind a backslash; a letter is the next folder of a path
ARGUMENT = re.compile(rf"(?:[^:\\]|\\(?:{SIGN})?)+")
VALUE = re.compile(rf"(?P<name>(?:[^=\\]|\\(?:{SIGN})?)*+)=(?P<value>.*)", re.DOTALL)
EDGES = re.compile(r"^\s+|(?<!\\)\s+$")
ESCAPED = re.compile(rf"\\({SIGN})")
SYNTAX = re.compile(r"[\\<>:=#{}|$%]|_(?=_)|^\s|\s$")
NUMBER = re.compile(r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*")


@dataclass(frozen=True, slots=True)
class Network:
    """One tag of a prompt.

    Attributes:
        kind: what stands before the first colon, such as "lora".
        name: the first argument; never empty.
        args: the other arguments that have no name.
        named: (name, value) of the arguments written `name=value`.
        tag: as it was written.
    """

    kind: str
    name: str
    args: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    tag: str = ""


def take_networks(text: str) -> tuple[str, tuple[Network, ...]]:
    r"""Return the text without its tags, and the tags in order; `\<lora:x>` stays text.

    >>> rest, found = take_networks("a cat <lora:ink:0.8>, rain")
    >>> rest, found[0].kind, found[0].name, found[0].args
    ('a cat , rain', 'lora', 'ink', ('0.8',))

    Raises:
        InvalidRequest: a tag names nothing.
    """
    found: list[Network] = []
    kept: list[str] = []
    at = 0
    last = text.rfind(">") + 1  # behind it no tag can end: never search there, once per "<"
    for match in TAG.finditer(text, 0, last):
        if match["kind"] is not None:
            kept.append(text[at : match.start()])
            at = match.end()
            found.append(_network(match))
    return "".join((*kept, text[at:])), tuple(found)


def write_tag(name: str, weight: float = 1.0, kind: str = "lora") -> str:
    r"""Return the tag that names a file, whatever its name is; prompt_text.js writes it so, too.

    >>> write_tag("ink", 0.8), write_tag("a=b#c ")
    ('<lora:ink:0.8>', '<lora:a\\=b\\#c\\ :1>')
    """
    written = SYNTAX.sub(lambda sign: "\\" + sign[0], name)
    return f"<{kind}:{written}:{weight:g}>"


def weight_of(network: Network) -> float:
    """Return the first argument after the name as a number; 1 when there is none.

    Raises:
        InvalidRequest: it is no number, or beyond what can be drawn with.
    """
    return _number(network, network.args[0]) if network.args else 1.0


def unet_weight_of(network: Network) -> float:
    """Return the weight for the denoiser alone: the second number, `unet=`, or the first one.

    Raises:
        InvalidRequest: it is no number, or beyond what can be drawn with.
    """
    if len(network.args) > 1:
        return _number(network, network.args[1])
    written = dict(network.named).get("unet")
    return weight_of(network) if written is None else _number(network, written)


def check_kinds(networks: Iterable[Network], known: tuple[str, ...]) -> None:
    """Raise InvalidRequest for the first tag of a kind that is not in `known`."""
    for network in networks:
        if network.kind not in known:
            raise InvalidRequest(
                "prompt.network.kind",
                kind=network.kind[:40],
                tag=network.tag[:60],
                known=", ".join(known),
            )


def _network(match: re.Match[str]) -> Network:
    positional: list[str] = []
    named: list[tuple[str, str]] = []
    for item in _arguments(match["args"]):
        pair = VALUE.fullmatch(item)
        if pair is not None:
            named.append((_plain(pair["name"]), _plain(pair["value"])))
        else:
            positional.append(item)
    name, *rest = (_plain(item) for item in positional or [""])
    if not name.strip():
        raise InvalidRequest("prompt.network.nameless", tag=match[0][:60])
    return Network(match["kind"], name, tuple(rest), tuple(named), match[0])


def _arguments(args: str) -> list[str]:
    """Return what stands between the colons; a colon behind a backslash is a letter."""
    found, at = [], 0
    while True:
        item = ARGUMENT.match(args, at)
        end = item.end() if item else at
        found.append(args[at:end])
        if end >= len(args):
            return found
        at = end + 1


def _plain(written: str) -> str:
    """Return an argument as it is meant, without the blanks around it."""
    return ESCAPED.sub(r"\1", EDGES.sub("", written))


def _number(network: Network, written: str) -> float:
    weight = float(written) if NUMBER.fullmatch(written) else None
    if weight is None or abs(weight) > MAX_WEIGHT:
        raise InvalidRequest(
            "prompt.network.weight",
            name=network.name[:60],
            value=written.strip()[:40] or " ",
            limit=MAX_WEIGHT,
        )
    return weight
