from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import PlaygroundError
from playground.launch import flags
from playground.launch.errors import FlagError
from playground.launch.flags import LogLevel, MemoryMode, Theme, parse
from playground.launch.known import FLAGS, REFUSED, UNNEEDED, USED, Takes
from playground.messages import Language, explain

EXAMPLES = {
    "--model-cache-gb": "4",
    "--port": "8000",
    "--device-id": "1",
    "--theme": "dark",
    "--loglevel": "info",
    "--gradio-auth": "kim:비밀",
    "--server-name": "localhost",
    "--public-host": "pics.example.org",
}


def key_of(*argv, **environ):
    with pytest.raises(FlagError) as caught:
        parse(argv, environ)
    for language in Language:
        explain(caught.value, language)
    assert caught.value.exit_code == 2
    return caught.value.key


def test_nothing_means_this_computer_only():
    made = parse([], {})
    assert (made.host, made.port, made.is_open, made.notes) == ("127.0.0.1", None, False, ())
    assert made.data_dir == flags.ROOT / "data"


def test_listening_everywhere_opens_the_page_to_others():
    made = parse(["--listen"], {})
    assert made.host == "0.0.0.0"  # noqa: S104
    assert made.is_open
    assert parse(["--server-name", "192.168.0.7"], {}).is_open


def test_a_named_address_wins_over_listen():
    assert parse(["--listen", "--server-name", "192.168.0.7"], {}).host == "192.168.0.7"
    assert not parse(["--server-name", "localhost"], {}).is_open


def test_sharing_opens_the_page_to_others():
    assert parse(["--share"], {}).is_open  # a login is made by playground/app.py


def test_passwords_stay_out_of_what_is_printed():
    made = parse(["--gradio-auth", "kim:secret, lee:a:b"], {})
    assert made.auth == (("kim", "secret"), ("lee", "a:b"))
    assert "secret" not in repr(made)
    with pytest.raises(FlagError) as caught:
        parse(["--gradio-auth", "kim:"], {})
    assert "kim" in str(caught.value)


def test_a_value_that_begins_with_a_dash_is_joined_to_its_flag():
    assert parse(["--gradio-auth=-kim:-1"], {}).auth == (("-kim", "-1"),)
    with pytest.raises(FlagError) as caught:
        parse(["--gradio-auth", "-kim:-1"], {})
    assert "--gradio-auth=" in explain(caught.value, Language.KO)
    assert "-1" not in explain(caught.value, Language.EN)  # never the password


def test_logins_from_a_file(tmp_path):
    file = tmp_path / "로그인.txt"
    file.write_text("\ufeffkim:1\n\nlee:2,park:3\n", "utf-8")
    made = parse(["--gradio-auth-path", str(file)], {})
    assert made.auth == (("kim", "1"), ("lee", "2"), ("park", "3"))
    file.write_text("\n", "utf-8")
    assert key_of("--gradio-auth-path", str(file)) == "launch.auth.empty"
    assert key_of("--gradio-auth-path", str(tmp_path / "none")) == "launch.auth.file"


@pytest.mark.parametrize("value", ["0", "65536", "abc", "", "7860.0", "-1", "+1", "٣", "１"])
def test_bad_port_is_refused(value):
    assert key_of(f"--port={value}") == "launch.flag.port"


@pytest.mark.parametrize("value", ["1", "7860", "65535", "07860"])
def test_good_port_is_taken(value):
    assert parse(["--port", value], {}).port == int(value)


def test_the_environment_comes_first_so_that_what_is_typed_wins():
    environ = {"COMMANDLINE_ARGS": '--port 1 --data-dir "내 그림 폴더"'}
    made = parse(["--port", "2"], environ)
    assert (made.port, made.data_dir) == (2, Path("내 그림 폴더").absolute())
    assert key_of(COMMANDLINE_ARGS='--data-dir "x') == "launch.flag.quotes"


def test_backslashes_are_folders_on_windows(monkeypatch):
    environ = {"COMMANDLINE_ARGS": r'--gradio-auth "kim:C:\a b\c"'}
    assert parse([], environ).auth == (("kim", r"C:\a b\c"),)
    monkeypatch.setattr(flags, "_IS_WINDOWS", True)
    environ = {"COMMANDLINE_ARGS": r"--gradio-auth kim:C:\a\c"}
    assert parse([], environ).auth == (("kim", r"C:\a\c"),)


def test_unknown_flags_name_the_nearest():
    with pytest.raises(FlagError) as caught:
        parse(["--lowrvam"], {})
    assert "--lowvram" in explain(caught.value, Language.KO)
    assert key_of("--zzzzzzzzzzzz") == "launch.flag.unknown"
    assert key_of("--xFormers") == "launch.flag.unknown_near"
    assert key_of("stray") == "launch.flag.word"
    assert key_of("--share=yes") == "launch.flag.no_value"
    assert key_of("--port") == "launch.flag.missing_value"
    assert key_of("--data-dir", "--listen") == "launch.flag.missing_value"


def test_two_dashes_after_the_equals_sign_are_a_value():
    """argparse takes them for the end of the options, and out of what it hands on."""
    assert key_of("--port=--") == "launch.flag.port"
    assert key_of("--gradio-auth=--") == "launch.auth.pair"


def test_folders(tmp_path):
    file = tmp_path / "file"
    file.touch()
    assert key_of("--data-dir", str(file)) == "launch.flag.not_folder"
    assert key_of("--models-dir", str(tmp_path / "none")) == "launch.flag.no_folder"
    assert key_of("--words-dir", str(tmp_path / "none")) == "launch.flag.no_folder"
    assert parse(["--words-dir", str(tmp_path)], {}).words_dir == tmp_path
    assert parse([], {}).words_dir is None
    words = ["--models-dir", str(tmp_path), "--lora-dir", str(tmp_path), "--ckpt-dir", "."]
    assert parse(words, {}).models_dirs == (tmp_path, Path().absolute())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--use-cpu"], True),
        (["--use-cpu", "all"], True),
        (["--use-cpu", "interrogate", "SD"], True),
        (["--use-cpu", "interrogate"], False),
        ([], False),
    ],
)
def test_use_cpu_reads_what_a1111_reads(words, expected):
    assert parse([*words, "--no-half"], {}).use_cpu is expected


def test_a_size_in_gigabytes_may_have_a_decimal_point_and_nothing_else():
    assert parse(["--model-cache-gb", "0"], {}).model_cache_gb == 0
    assert parse(["--model-cache-gb=2.5"], {}).model_cache_gb == 2.5
    for value in ("", "-1", "8GB", "1e3", "nan", "1,5", "٣"):
        assert key_of(f"--model-cache-gb={value}") == "launch.flag.gigabytes"


def test_choices():
    made = parse(["--theme", "Dark", "--loglevel", "debug", "--medvram", "--device-id=2"], {})
    assert (made.theme, made.log_level, made.memory, made.device_id) == (
        Theme.DARK,
        LogLevel.DEBUG,
        MemoryMode.MEDIUM,
        2,
    )
    assert parse(["--lowvram", "--medvram"], {}).memory is MemoryMode.LOW
    assert key_of("--theme", "pink") == "launch.flag.choice"
    assert key_of("--device-id", "cuda") == "launch.flag.device_id"
    assert key_of("--server-name", "a b") == "launch.flag.host"


@pytest.mark.parametrize(
    ("value", "expected"), [("/amumal/", "/amumal"), ("a/b", "/a/b"), ("/", ""), ("", "")]
)
def test_subpath(value, expected):
    assert parse([f"--subpath={value}"], {}).subpath == expected


@pytest.mark.parametrize(
    "value",
    [
        "../x",
        "a/..",
        "a b",
        "a//b",
        "//a",
        "a//",
        "a?b",
        "a#b",
        "/./",
        "a%2fb",
        "한글",
        "a/b한",
        "a\n",
    ],
)
def test_bad_subpath(value):
    assert key_of(f"--subpath={value}") == "launch.flag.subpath"


@pytest.mark.parametrize("value", ["/visit", "ui", "/gradio_api/x"])
def test_an_address_of_the_page_itself_is_no_subpath(value):
    assert key_of("--subpath", value) == "launch.flag.subpath_taken"


def test_names_behind_a_proxy():
    words = ["--public-host", "pics.example.org", "--public-host=example.org:8443"]
    made = parse(words, {})
    assert made.public_hosts == ("pics.example.org", "example.org:8443")
    assert (made.host, made.is_open) == ("127.0.0.1", True)  # the proxy listens, and lets them in
    for value in ("https://example.org", "example.org/amumal", "", "a b", "*"):
        assert key_of(f"--public-host={value}") == "launch.flag.public_host"


@pytest.mark.parametrize("word", ["-hello", "-fx", "--por", "--", "-x", "-1"])
def test_neither_abbreviations_nor_joined_letters_are_flags(word):
    assert key_of(word) in ("launch.flag.unknown", "launch.flag.unknown_near")


@pytest.mark.parametrize("known", UNNEEDED, ids=lambda known: known.name)
def test_unneeded_flags_get_one_note(known):
    words = [known.name, "5"] if known.takes is Takes.ONE else [known.name]
    made = parse([*words, *words], {})
    assert [note.flag for note in made.notes] == [known.name]


@pytest.mark.parametrize("known", REFUSED, ids=lambda known: known.name)
def test_refused_flags_say_why(known):
    assert key_of(known.name, "x") == known.key if known.takes is Takes.ONE else key_of(known.name)


@pytest.mark.parametrize("known", USED, ids=lambda known: known.name)
def test_every_flag_in_use_is_understood(known, tmp_path):
    value = EXAMPLES.get(known.stands_for, str(tmp_path))
    if known.name == "--gradio-auth-path":
        (tmp_path / "logins").write_text("kim:1")
        value = str(tmp_path / "logins")
    if known.name == "--subpath":
        value = "/here"
    words = [known.name, value] if known.takes is Takes.ONE else [known.name]
    if known.name == "--share":
        words += ["--gradio-auth", "kim:1"]
    assert parse(words, {}) != parse([], {})


def test_no_flag_has_two_roles():
    assert len(FLAGS) == len(USED) + len(UNNEEDED) + len(REFUSED)


@given(st.lists(st.one_of(st.text(max_size=12), st.sampled_from(sorted(FLAGS)))), st.text())
def test_any_words_give_flags_or_an_explanation(words, line):
    try:
        parse(words, {"COMMANDLINE_ARGS": line})
    except PlaygroundError as error:
        for language in Language:
            assert explain(error, language)
