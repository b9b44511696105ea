import sys
from pathlib import Path

import pytest

from playground.launch import pip
from playground.launch.sentences import SENTENCES, SetupError, both


@pytest.mark.parametrize(
    ("complaint", "key"),
    [
        ("OSError: [Errno 28] No space left on device", "disk_full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "hashes"),
        ("OSError: [Errno 13] Permission denied: '/x'", "read_only"),
        ("[Errno 30] Read-only file system", "read_only"),
        ("error: externally-managed-environment", "managed"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "certificate"),
        ("Retrying after 'NewConnectionError'\nERROR: No matching distribution", "no_network"),
        ("ProxyError('Cannot connect to proxy.'", "no_network"),
        ("ReadTimeoutError: Read timed out.", "no_network"),
        ("ERROR: No matching distribution found for torch==2.13.0", "no_wheel"),
        ("HINT: This error might have occurred since this system does not have Windows Long Path "
         "support enabled.", "long_path"),
        ("something else", None),
    ],
)  # fmt: skip
def test_complaints_are_read(complaint, key):
    assert pip.reason(complaint) == key


def test_output_passes_and_a_failure_is_named(capfd, tmp_path):
    code = "import sys; print('보임'); print('Read-only file system', file=sys.stderr); sys.exit(3)"
    with pytest.raises(SetupError) as caught:
        pip.run([sys.executable, "-c", code], pip.environment_for_pip({}, tmp_path), tmp_path)
    shown = capfd.readouterr()
    assert caught.value.key == "read_only"
    assert "보임" in shown.out
    assert "Read-only" in shown.err
    assert str(tmp_path) in both(caught.value.key, **caught.value.values)


def test_a_failure_without_a_known_reason_shows_the_command(tmp_path):
    with pytest.raises(SetupError) as caught:
        pip.run([sys.executable, "-c", "raise SystemExit(4)"], {}, tmp_path)
    assert caught.value.key == "pip_failed"
    assert "SystemExit(4)" in both(caught.value.key, **caught.value.values)
    with pytest.raises(SetupError, match="no_program"):
        pip.run([str(tmp_path / "nothing")], {}, tmp_path)


def test_a_failure_on_a_full_disk_is_a_full_disk(monkeypatch, tmp_path):
    monkeypatch.setattr(pip, "free_gb", lambda _where: 0.01)
    assert pip.failure("Killed", 1, ["pip"], tmp_path).key == "disk_full"


def test_pip_installs_nowhere_else():
    made = pip.environment_for_pip(
        {"PIP_USER": "1", "PIP_TARGET": "/x", "PIP_FIND_LINKS": "/w", "PATH": "/bin"},
        Path("/v/bin/python"),
    )
    assert made["PIP_FIND_LINKS"] == "/w"
    assert made["PATH"].startswith("/v/bin")
    assert not {"PIP_USER", "PIP_TARGET"} & set(made)


def test_free_space_of_a_folder_to_be(tmp_path):
    assert pip.free_gb(tmp_path / "not" / "yet") > 0


@pytest.mark.parametrize("key", SENTENCES)
def test_sentences_have_the_same_blanks_in_both_languages(key):
    import string

    blanks = [
        {name for _text, name, _spec, _how in string.Formatter().parse(sentence) if name}
        for sentence in SENTENCES[key]
    ]
    assert blanks[0] == blanks[1]
    assert any("가" <= letter <= "힣" for letter in SENTENCES[key][0])
    assert not any("가" <= letter <= "힣" for letter in SENTENCES[key][1])
