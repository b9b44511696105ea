"""The phrases that were made, newest first, as rows; and the SQL of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from pipelines.contract.phrase import Phrase
from playground.studio.database import Database
from playground.studio.plain_json import read_json, whole_text, write_json

LEARNED = "markov"  # the engine whose phrases have words of somebody's text
KEPT_PHRASES = 5_000  # of all owners; about 5 MB


class PhraseStore:
    """The table of phrases; each belongs to its owner."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def add(self, phrases: tuple[Phrase, ...], owner: str) -> None:
        """Add rows in the order of the phrases and let the oldest go."""
        if not phrases:
            return
        now = self._clock()
        with self._database.transaction() as connection:
            connection.executemany(
                """insert into phrase (owner, ko, phrase, created_at) values (?, ?, ?, ?)""",
                [
                    (owner, whole_text(phrase.ko), write_json(phrase.to_json()), now)
                    for phrase in phrases
                ],
            )
            connection.execute(
                """
                delete from phrase
                where id <= (select id from phrase order by id desc limit 1 offset ?)
                """,
                (KEPT_PHRASES,),
            )

    def forget(self, owner: str) -> int:
        """Delete an owner's phrases; return how many there were."""
        with self._database.transaction() as connection:
            return connection.execute("""delete from phrase where owner = ?""", (owner,)).rowcount

    def forget_learned(self, owner: str) -> int:
        """Delete what was made of an owner's own text; return how many phrases there were."""
        with self._database.transaction() as connection:
            return connection.execute(
                """
                delete from phrase
                where owner = ? and json_valid(phrase)
                and json_extract(phrase, '$.engine') = ?
                """,
                (owner, LEARNED),
            ).rowcount

    def latest(self, owner: str | None, limit: int = 50) -> tuple[Phrase, ...]:
        """Return phrases of `owner`, newest first; None is for all owners."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                select phrase from phrase where (:owner is null or owner = :owner)
                order by id desc limit :limit
                """,
                {"owner": owner, "limit": limit},
            ).fetchall()
        phrases = []
        for row in rows:
            with suppress(ValueError, OverflowError):  # an unreadable row is worth no error page
                phrases.append(Phrase.from_json(read_json(row[0])))
        return tuple(phrases)
