"""The solvers against the exact answer, and against diffusers where it has the same one."""

from __future__ import annotations

import math

import pytest
import torch

from pipelines.image.sampling.noise_table import read_noise_table
from pipelines.image.sampling.schedules import sigmas
from pipelines.image.sampling.solvers.solver import SamplerRun, SamplingOptions
from pipelines.image.sampling.table import NAMES, TABLE, find

TABLE_15 = read_noise_table({})
SPREAD = 0.5  # of the made-up pictures: numbers around 0
DIFFUSERS = {
    "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear",
    "timestep_spacing": "trailing",
}  # fmt: skip


def gaussian(x, sigma, _step):
    """The exact denoiser of pictures that are normal numbers of width SPREAD."""
    return x * (SPREAD**2 / (SPREAD**2 + sigma**2))


def run_of(denoise, schedule, *, eta=0.0, noise=None, options=None, seen=None):
    return SamplerRun(
        denoise=denoise,
        sigmas=[float(sigma) for sigma in schedule],
        noise_sampler=noise or (lambda: torch.zeros(1)),
        callback=lambda step, x0: seen.append(step) if seen is not None else None,
        options=options or SamplingOptions(),
        eta=eta,
    )


def error_of(name, steps):
    """Return how far a solver without noise ends from the exact solution, as a share."""
    schedule = sigmas("Karras", steps, TABLE_15)
    x = torch.full((1,), float(schedule[0]), dtype=torch.float64)
    exact = float(schedule[0]) * SPREAD / math.sqrt(SPREAD**2 + float(schedule[0]) ** 2)
    end = find(name).load()(x, run_of(gaussian, schedule))
    return abs(float(end[0]) / exact - 1)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("LCM", "TCD")])
def test_more_steps_come_closer_to_the_exact_answer(name):
    assert error_of(name, 80) < 0.03
    assert error_of(name, 80) < error_of(name, 10) / 2


@pytest.mark.parametrize(
    "name", ["Heun", "DPM2", "DPM++ 2M", "DPM++ 2S a", "DPM++ 3M SDE", "UniPC", "LMS", "PLMS"]
)
def test_solvers_of_higher_order_beat_euler(name):
    assert error_of(name, 40) < error_of("Euler", 40) / 2


NOISY = [row.name for row in TABLE if row.eta > 0 and row.name not in ("LCM", "TCD")]


@pytest.mark.parametrize("name", NOISY)
def test_noise_on_the_way_leaves_the_spread_of_the_pictures(name):
    generator = torch.Generator().manual_seed(0)
    schedule = sigmas("Exponential", 250, TABLE_15)
    x = torch.randn(20_000, generator=generator, dtype=torch.float64) * float(schedule[0])
    row = find(name)
    end = row.load()(
        x,
        run_of(
            gaussian,
            schedule,
            eta=row.eta,
            noise=lambda: torch.randn(20_000, generator=generator, dtype=torch.float64),
        ),
    )
    assert float(end.std()) == pytest.approx(SPREAD, rel=0.05)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_every_step_calls_back_once_and_the_model_as_often_as_the_table_says(row):
    called, seen = [], []

    def denoise(x, sigma, step):
        called.append(step)
        return gaussian(x, sigma, step)

    schedule = sigmas("Uniform", 6, TABLE_15)
    row.load()(torch.ones(1), run_of(denoise, schedule, eta=row.eta, seen=seen))
    assert seen == list(range(6))
    assert sorted(set(called)) == seen
    assert 6 * row.model_calls - row.model_calls <= len(called) <= 6 * row.model_calls + 1


# ---- against diffusers


def wavy(x, t):
    """A made-up model: bends, and depends on the time."""
    return torch.tanh(x) * 0.7 + 0.2 * math.sin(t / 150)


def ours(name, x, steps, **more):
    def denoise(latents, sigma, _step):
        scaled = latents / math.sqrt(1 + sigma**2)
        return latents - sigma * wavy(scaled, round(TABLE_15.timestep(sigma), 6))

    schedule = sigmas("Trailing", steps, TABLE_15)
    return find(name).load()(x * float(schedule[0]), run_of(denoise, schedule, **more))


def theirs(scheduler, x, steps, **more):
    scheduler.set_timesteps(steps)
    latents = x * scheduler.init_noise_sigma
    for t in scheduler.timesteps:
        predicted = wavy(scheduler.scale_model_input(latents, t), float(t))
        latents = scheduler.step(predicted, t, latents, **more).prev_sample
    return latents


@pytest.mark.parametrize(
    ("name", "scheduler", "options", "eta"),
    [
        ("Euler", "EulerDiscreteScheduler", {}, 0.0),
        ("DDIM", "DDIMScheduler", {"set_alpha_to_one": True, "clip_sample": False}, 0.0),
        ("Heun", "HeunDiscreteScheduler", {}, 0.0),
        ("LMS", "LMSDiscreteScheduler", {}, 0.0),
        ("DPM++ 2M", "DPMSolverMultistepScheduler", {"final_sigmas_type": "zero"}, 0.0),
        ("UniPC", "UniPCMultistepScheduler", {"final_sigmas_type": "zero"}, 0.0),
        (
            "DPM++ 2M SDE",
            "DPMSolverMultistepScheduler",
            {"final_sigmas_type": "zero", "algorithm_type": "sde-dpmsolver++"},
            1.0,
        ),
        (
            "DPM++ 2M SDE Heun",
            "DPMSolverMultistepScheduler",
            {
                "final_sigmas_type": "zero",
                "algorithm_type": "sde-dpmsolver++",
                "solver_type": "heun",
            },
            1.0,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else None,
)
def test_the_same_latents_as_diffusers(name, scheduler, options, eta):
    import diffusers

    x = torch.linspace(-1.5, 1.5, 7, dtype=torch.float64)[None]
    built = getattr(diffusers, scheduler)(**DIFFUSERS, **options)
    more = {"variance_noise": torch.zeros_like(x)} if eta else {}
    expected = theirs(built, x, 9, **more)
    # a scheduler that starts from plain noise is asked for alpha-scaled latents
    if float(built.init_noise_sigma) == 1.0:
        first = float(sigmas("Trailing", 9, TABLE_15)[0])
        x = x * math.sqrt(1 + first**2) / first
    got = ours(name, x, 9, eta=eta)
    assert torch.allclose(got, expected, rtol=2e-3, atol=2e-3), (got, expected)


def test_churn_adds_noise_only_between_its_ends():
    calls = []

    def noise():
        calls.append(1)
        return torch.zeros(1)

    schedule = sigmas("Karras", 10, TABLE_15)
    options = SamplingOptions(s_churn=5.0, s_tmin=0.1, s_tmax=3.0)
    find("Euler").load()(torch.ones(1), run_of(gaussian, schedule, noise=noise, options=options))
    assert len(calls) == sum(0.1 <= float(sigma) <= 3.0 for sigma in schedule[:-1])


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("LCM", "TCD")])
def test_a_first_step_from_pure_noise_does_no_harm(name):
    zero_snr = read_noise_table({"rescale_betas_zero_snr": True})
    schedule = sigmas("Trailing", 10, zero_snr)
    x = torch.full((1,), float(schedule[0]), dtype=torch.float64)
    exact = float(schedule[0]) * SPREAD / math.sqrt(SPREAD**2 + float(schedule[0]) ** 2)
    end = find(name).load()(x, run_of(gaussian, schedule))
    assert float(end[0]) == pytest.approx(exact, rel=0.35)
