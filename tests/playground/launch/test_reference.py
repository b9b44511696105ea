import re
import subprocess
import sys
from pathlib import Path

from playground.launch.known import FLAGS, USED
from playground.launch.reference import help_text, markdown
from playground.messages import Language, launch

ROOT = Path(__file__).resolve().parents[3]


def test_docs_are_written_from_the_table():
    """`python -m playground.launch.reference > docs/flags.md` brings them up to date."""
    assert (ROOT / "docs/flags.md").read_text("utf-8") == markdown() + "\n"


def test_every_flag_is_documented_and_has_its_sentence_in_both_languages():
    page = markdown()
    for known in FLAGS.values():
        assert f"`{known.name}" in page
        row = launch.ROWS[known.key]
        assert row.in_language(Language.KO) != row.in_language(Language.EN)


def test_help_names_every_flag_in_use_in_both_languages():
    shown = help_text()
    for known in USED:
        if known.stands_for == known.name:
            assert f"  {known.name}" in shown
            assert launch.ROWS[known.key].ko in shown
            assert launch.ROWS[known.key].en in shown


def test_no_sentence_is_left_over():
    rows = {known.key for known in FLAGS.values()}
    kept = re.compile(r"launch\.(used|unneeded|refused)\.")
    assert {key for key in launch.ROWS if kept.match(key)} == rows


def test_flags_and_help_need_nothing_but_the_standard_library():
    """Set-up reads the flags before anything is installed."""
    code = "import sys; sys.path.insert(0, sys.argv[1]); import playground.launch.reference as r; "
    code += "import playground.launch.flags as f; f.parse([], {}); r.help_text()"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", code, str(ROOT)],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
