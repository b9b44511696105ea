"""A process that trains and is killed in the middle of an epoch, without any warning."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path


def main(base: str, csv: str, checkpoint: str) -> None:
    import torch

    from pipelines.text.neural import load
    from pipelines.training.finetune import loop as loop_module
    from pipelines.training.finetune.checkpoint import Checkpoints
    from pipelines.training.finetune.dataset import read_data
    from pipelines.training.finetune.examples import encode
    from pipelines.training.finetune.learner import Learner
    from pipelines.training.finetune.split import split
    from tests.pipelines.training.finetune.test_loop import SETTINGS

    def kill(done: int, steps: int, seconds: float) -> None:
        if done == 10:
            os.kill(os.getpid(), signal.SIGKILL)

    torch.set_num_threads(1)
    model = load(Path(base), "tiny", use_cpu=True)
    parts = split(read_data(Path(csv).read_bytes(), "a.csv").rows, SETTINGS.holdout, SETTINGS.seed)
    learned = encode(parts.learned, model.vocabulary, 64)
    held_out = encode(parts.held_out, model.vocabulary, 64)
    hooks = loop_module.LoopHooks(on_step=kill)
    places = Checkpoints(Path(checkpoint))
    loop_module.Loop(Learner(model, SETTINGS), learned, held_out, SETTINGS, places, hooks).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
