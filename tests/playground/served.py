"""The program as it is served, in a process of its own, with a painter and a teacher that wait.

`python -m tests.playground.served polite|stubborn FLAGS...`: stubborn ones do not hear of a stop.
"""

from __future__ import annotations

import sys
import threading
import time
from typing import Any

from pipelines.contract.errors import Cancelled
from playground.launch.environment import prepare_environment

LONG_SECONDS = 120.0


def main(manner: str, flags: list[str]) -> None:
    prepare_environment()
    from playground import app
    from playground.studio.work import training
    from tests.fakes import FakePainter

    def painter(*_args: Any, **_how: Any) -> FakePainter:
        made = FakePainter(step_seconds=0.01 if manner == "polite" else LONG_SECONDS)
        return made

    class Teaching(training.TrainingWork):
        """Learns from the start."""

        def __init__(self, *args: Any, **how: Any) -> None:
            super().__init__(*args, **how)
            self._begin(training.Training("말투", "ongari"), lambda: None)

        def _train(self, _training: training.Training) -> Any:
            ends = time.monotonic() + LONG_SECONDS
            while time.monotonic() < ends:
                if manner == "polite" and self._stop.is_set():
                    raise Cancelled
                time.sleep(0.01)

    vars(app)["DiffusersPainter"] = painter
    vars(training)["TrainingWork"] = Teaching
    import webui
    from playground.private_exit import leave_closed

    assert threading.current_thread() is threading.main_thread()
    leave_closed(webui.main(flags))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
