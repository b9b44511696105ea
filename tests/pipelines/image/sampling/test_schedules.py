"""Schedules: they fall, end at 0, and agree with what others compute."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.contract.errors import InvalidRequest
from pipelines.image.sampling.noise_table import read_noise_table
from pipelines.image.sampling.schedules import SCHEDULES, Range, find_schedule, sigmas
from pipelines.image.sampling.table import NAMES, TABLE, find, split_name

TABLE_15 = read_noise_table({})
ZERO_SNR = read_noise_table({"rescale_betas_zero_snr": True})


def test_the_table_is_that_of_sd_15():
    assert TABLE_15.least == pytest.approx(0.0292, abs=1e-4)
    assert TABLE_15.most == pytest.approx(14.6146, abs=1e-3)
    assert ZERO_SNR.is_zero_snr and ZERO_SNR.most > 4000


@pytest.mark.parametrize("table", [TABLE_15, ZERO_SNR], ids=["sd15", "zero-snr"])
@pytest.mark.parametrize("steps", [1, 2, 7, 30, 150])
@pytest.mark.parametrize("row", SCHEDULES, ids=lambda row: row.name)
def test_sigmas_fall_to_zero(row, steps, table):
    course = sigmas(row.name, steps, table)
    assert 2 <= len(course) <= steps + 1
    assert np.all(np.diff(course) < 0) and course[-1] == 0
    assert np.isfinite(course).all() and course[0] <= table.most * 1.0001


@pytest.mark.parametrize(
    ("name", "flag"),
    [("Karras", "use_karras_sigmas"), ("Exponential", "use_exponential_sigmas"), ("Uniform", "")],
)
def test_the_same_sigmas_as_diffusers(name, flag):
    from diffusers import EulerDiscreteScheduler

    flags = {flag: True} if flag else {}
    theirs = EulerDiscreteScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
        timestep_spacing="linspace", **flags,
    )  # fmt: skip
    theirs.set_timesteps(12)
    assert sigmas(name, 12, TABLE_15) == pytest.approx(theirs.sigmas.numpy(), rel=2e-3)


def test_a_range_moves_the_ends_and_rho_bends_the_curve():
    plain = sigmas("Karras", 10, TABLE_15)
    narrow = sigmas("Karras", 10, TABLE_15, Range(least=0.1, most=10.0))
    assert (narrow[0], narrow[-2]) == (pytest.approx(10.0), pytest.approx(0.1))
    bent = sigmas("Karras", 10, TABLE_15, Range(rho=3.0))
    assert bent[0] == pytest.approx(plain[0]) and bent[5] > plain[5]


@pytest.mark.parametrize("span", [Range(10, 1), Range(0.1, 9000), Range(1e-6, 5)])
def test_a_range_that_the_model_does_not_know_is_refused(span):
    with pytest.raises(InvalidRequest) as caught:
        sigmas("Karras", 10, TABLE_15, span)
    assert caught.value.key == "request.sigmas"


def test_unknown_names_are_told_with_the_nearest():
    for look, wrong, right in ((find, "Eular a", "Euler a"), (find_schedule, "karas", "Karras")):
        with pytest.raises(InvalidRequest) as caught:
            look(wrong)
        assert caught.value.values["nearest"] == right


def test_sigma_and_timestep_are_each_others_inverse():
    for timestep in (0.0, 3.25, 500.0, 999.0):
        assert TABLE_15.timestep(float(TABLE_15.sigma(timestep))) == pytest.approx(timestep)


def test_an_unknown_beta_schedule_is_refused():
    with pytest.raises(ValueError, match="cosine"):
        read_noise_table({"beta_schedule": "squaredcos_cap_v2_cosine"})


def test_betas_written_out_and_linear_ones_are_read():
    betas = np.linspace(0.0001, 0.02, 100)
    written = read_noise_table({"trained_betas": betas.tolist()})
    linear = read_noise_table(
        {
            "beta_schedule": "linear",
            "beta_start": 0.0001,
            "beta_end": 0.02,
            "num_train_timesteps": 100,
        }
    )
    assert written.sigmas == pytest.approx(linear.sigmas)


def test_names_are_unique_and_old_names_split():
    assert len(set(NAMES)) == len(TABLE)
    assert split_name("DPM++ 2M SDE Karras") == ("DPM++ 2M SDE", "Karras")
    assert split_name("Nonsense Karras") == ("Nonsense Karras", "Automatic")
