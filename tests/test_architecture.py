"""The rules of the house that neither the linter, the types nor the import contracts can hold."""

import ast
import itertools
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distributions, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from desktop.domain import errors

ROOT = Path(__file__).resolve().parent.parent
CODE = ("desktop", "tests", "packaging")
LINE_LIMIT = 400
VAGUE_NAMES = frozenset(
    {"utils", "util", "helpers", "helper", "common", "misc", "manager", "controller", "base"}
)
TEXT_ENDINGS = frozenset(
    {".cfg", ".csv", ".html", ".json", ".md", ".py", ".qss", ".sql", ".svg", ".toml", ".txt"}
    | {".lock", ".spec", ".yml", ".yaml", ".eml", ""}
)

# Where a thread or process may be started, and why.
MAY_START_THREADS = {
    "desktop/export/read_ahead.py": "an export decrypts ahead while it hashes and seals",
    "desktop/store/backup_writer.py": "a backup reads, hashes and seals several contents at once",
    "desktop/store/content_hashing.py": "a check reads on two threads: reading costs more",
    "desktop/system/shortcut.py": "the keys for a capture are waited for beside everything else",
    "desktop/system/worker.py": "foreign bytes are read in a process apart",
    "desktop/ui/background.py": "the lanes: one thread owns log.db, one streams bytes, one asks",
}
# Where a window may wait in an event loop of its own.
MAY_EXEC = {
    "desktop/app.py": "the program's one event loop",
    "desktop/ui/crash_window.py": "the last window, when the event loop cannot be trusted",
}
# Colours by value stand here; elsewhere they have names.
MAY_NAME_COLOURS = {
    "desktop/ui/theme.py": "the one table of colours",
    "desktop/ui/capture/region_picker.py": "the frame must show on whatever the screen shows",
}

_SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM"
    r"|CREATE\s+(TABLE|INDEX|TRIGGER)|DROP\s+TABLE|ALTER\s+TABLE|PRAGMA\s+\w+)\b",
    re.DOTALL,
)
_THREADS = frozenset(
    {"QThread", "QThreadPool", "QRunnable", "Thread", "Timer", "ThreadPoolExecutor"}
    | {"ProcessPoolExecutor", "Process", "Popen", "start_new_thread"}
)
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}\b")


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def texts_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the string literals that are no docstrings; f-strings with blanks for the values."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (str(getattr(part, "value", "x")) for part in node.values)
            yield node.lineno, "".join(parts)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            yield node.lineno, node.value


def names_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.ImportFrom | ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def test_no_file_is_longer_than_its_limit() -> None:
    lengths = {
        named(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(*CODE)
    }
    assert {name: count for name, count in lengths.items() if count > LINE_LIMIT} == {}


def test_every_module_says_in_one_sentence_what_it_knows() -> None:
    silent = [
        named(path)
        for path in python_files("desktop", "packaging")
        if not (ast.get_docstring(tree_of(path)) or "").split("\n\n")[0].endswith(".")
    ]
    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [
        named(path)
        for path in python_files(*CODE)
        if VAGUE_NAMES & set(path.stem.strip("_").split("_"))
    ]
    assert vague == []


def test_sql_stands_in_the_store_only() -> None:
    found = [
        f"{named(path)}:{line}"
        for path in python_files("desktop")
        if not named(path).startswith("desktop/store/")
        for line, text in texts_in(tree_of(path))
        if _SQL.search(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("sql", "is_sql"),
    [
        ("SELECT id FROM item", True),
        ("INSERT OR REPLACE INTO draft VALUES (?)", True),
        ("PRAGMA user_version", True),
        ("Select what to send from the list", False),
        ("Update the record and set a date", False),
    ],
)
def test_the_search_for_sql_finds_sql(sql: str, is_sql: bool) -> None:
    assert bool(_SQL.search(sql)) is is_sql


def test_nothing_runs_a_script_that_commits_behind_a_transactions_back() -> None:
    found = [
        f"{named(path)}:{line}"
        for path in python_files("desktop", "packaging")
        for line, name in names_in(tree_of(path))
        if name == "executescript"
    ]
    assert found == []


def test_threads_and_processes_start_only_where_that_is_their_job() -> None:
    starters = {
        named(path)
        for path in python_files("desktop")
        for _line, name in names_in(tree_of(path))
        if name in _THREADS or name.split(".")[0] in {"subprocess", "multiprocessing"}
    }
    assert starters == set(MAY_START_THREADS)


def test_no_window_waits_in_a_loop_of_its_own() -> None:
    found = [
        f"{named(path)}:{line}"
        for path in python_files("desktop")
        if named(path) not in MAY_EXEC
        for line, name in names_in(tree_of(path))
        if name in {"processEvents", "QEventLoop", "exec", "exec_"}
    ]
    assert found == []


def test_enter_presses_what_has_the_focus_in_every_dialog() -> None:
    found = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in python_files("desktop/ui")
        if named(path) != "desktop/ui/dialog.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(one, ast.Name) and one.id == "QDialog" for one in node.bases)
    ]
    assert found == []


def test_colours_are_named_in_one_place() -> None:
    found = [
        f"{named(path)}:{line} {text}"
        for path in python_files("desktop/ui")
        if named(path) not in MAY_NAME_COLOURS
        for line, text in texts_in(tree_of(path))
        if _COLOUR.fullmatch(text)
    ]
    sheets = [
        f"{named(path)} {found}"
        for path in sorted((ROOT / "resources/styles").glob("*.qss"))
        for found in _COLOUR.findall(path.read_text(encoding="utf-8"))
    ]
    assert found + sheets == []


def subclasses(kind: type[errors.AppError]) -> Iterator[type[errors.AppError]]:
    for below in kind.__subclasses__():
        yield below
        yield from subclasses(below)


def test_every_expected_error_has_its_words() -> None:
    from desktop.ui import messages  # noqa: PLC0415 (this test alone needs Qt)

    wordless = [
        kind.__name__ for kind in subclasses(errors.AppError) if kind not in messages._TABLE
    ]
    assert wordless == []


def test_migrations_are_numbered_without_a_gap() -> None:
    names = sorted(path.name for path in (ROOT / "desktop/store/migrations").glob("[0-9]*"))
    assert names
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def own_files() -> Iterator[Path]:
    """Yield the files that belong to the project, not what was built or installed beside them."""
    left_out = {".git", ".venv", "build", "dist", "__pycache__", ".hypothesis"}
    for entry in sorted(ROOT.iterdir()):
        if entry.name in left_out or entry.name.endswith("_cache") or entry.name == ".coverage":
            continue
        if entry.is_file():
            yield entry
        else:
            inside = sorted(entry.rglob("*"))
            yield from (p for p in inside if p.is_file() and not left_out & set(p.parts))


def test_nothing_names_a_registry_or_a_place_on_one_machine() -> None:
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "deb.debian" + ".org")
    places = ("/wo" + "rk/", "/ro" + "ot/", "/opt" + "/pypi")
    found = [
        f"{named(path)}: {word}"
        for path in own_files()
        if path.suffix in TEXT_ENDINGS
        for word in itertools.chain(hosts, places)
        if word in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []


def test_the_top_level_holds_only_what_belongs_there() -> None:
    expected = {"pyproject.toml", "README.md", "desktop", "resources", "tests", "packaging"}
    may_join = {"LICENSE", "build", "dist"}
    there = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".")}
    assert there - may_join == expected


def locked(name: str) -> dict[str, str]:
    """Return the versions pinned in a lock file."""
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", text, re.MULTILINE))


def test_the_locks_hold_what_the_project_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for_the_program = locked("requirements.lock")
    for_developers = for_the_program | locked("requirements-dev.lock")
    missing = [
        line
        for lines, pins in (
            (asked["project"]["dependencies"], for_the_program),
            (asked["dependency-groups"]["dev"], for_developers),
        )
        for line in lines
        if pins.get(Requirement(line).name.lower(), "0") not in Requirement(line).specifier
    ]
    assert missing == [], "run 'python3 packaging/dev.py lock'"


def test_every_library_that_ships_has_a_licence_that_allows_it() -> None:
    allowed = re.compile(r"\b(MIT|MIT-0|BSD|BSD-3-Clause|Apache-2\.0|LGPL-3\.0-only|PSF)\b")
    looked_up = {
        "backports-tarfile": "MIT; before Python 3.12 only",
        "sqlcipher3": "zlib; SQLCipher and SQLite inside it: BSD, public domain",
        "pywin32-ctypes": "BSD-3-Clause; Windows only",
    }
    doubtful = []
    here = {distribution.name.lower().replace("_", "-") for distribution in distributions()}
    for name in locked("requirements.lock"):
        if name not in here and name in looked_up:
            continue
        about = metadata(name)
        keys = ("License-Expression", "License", "Classifier")
        said = [line for key in keys for line in about.get_all(key) or []]
        if name not in looked_up and not allowed.search(" ".join(said)):
            doubtful.append(name)
    assert doubtful == []


def test_the_page_before_a_log_reads_no_store() -> None:
    shown_first = "main_window idle_lock window_guard background session theme entry collector"
    modules = ", ".join(f"desktop.ui.{name}" for name in shown_first.split())
    late = {"sqlcipher3", "cryptography", "argon2", "reportlab", "PIL", "keyring", "jeepney"}
    code = f"import sys, desktop.app, {modules}; print(*({late!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_the_fonts_come_with_their_licence() -> None:
    folders = {path.parent for path in (ROOT / "resources").rglob("*.[ot]tf")}
    assert folders
    assert [folder for folder in folders if not (folder / "OFL.txt").exists()] == []
