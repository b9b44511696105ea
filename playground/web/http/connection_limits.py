"""How many connections there may be, and how long each may keep the server waiting.

The number follows the descriptors that the system allows this process; asking for more of them
where that needs no rights is the first thing a server does. Knows numbers; knows no sockets.
"""

from __future__ import annotations

from dataclasses import dataclass

RESERVED = 256  # descriptors for files, models, the database and threads' pipes
FEWEST = 32
MOST = 2_000
WANTED_DESCRIPTORS = 8_192


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """What one server bears.

    Attributes:
        most: connections at once.
        most_of_one: of one address; a school class behind one router is about 200.
        head_seconds: from a connection, or the first byte of a further request, to its whole head.
        body_idle_seconds: between two pieces of a body.
        reader_seconds: for taking what is buffered, 64 kB at most.
    """

    most: int = MOST
    most_of_one: int = 256
    head_seconds: float = 10.0
    body_idle_seconds: float = 20.0
    reader_seconds: float = 60.0


def limits_for(descriptors: int) -> ConnectionLimits:
    """Return the limits where the process may have so many descriptors.

    >>> limits_for(1_024).most, limits_for(256).most, limits_for(65_536).most
    (768, 32, 2000)
    """
    return ConnectionLimits(most=max(FEWEST, min(MOST, descriptors - RESERVED)))


def raise_descriptor_limit() -> int:
    """Ask the system for enough descriptors; return how many there may be now."""
    try:
        import resource
    except ImportError:  # Windows counts sockets another way and has plenty
        return WANTED_DESCRIPTORS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(WANTED_DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (OSError, ValueError):  # macOS has a lower ceiling that it does not tell
            wanted = soft
        return wanted
    return WANTED_DESCRIPTORS if soft == resource.RLIM_INFINITY else soft
