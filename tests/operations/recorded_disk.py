"""Reads from a trace what a program did to the disk below one folder, in its order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "openat,close,lseek,write,pwrite64,sendfile,copy_file_range,ftruncate,"
    "fsync,fdatasync,rename,unlink,unlinkat,mkdir,rmdir"
)
_CALL = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\) += (?P<answer>-?\d+)")
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>(?P<rest>.*)")
_UNFINISHED = " <unfinished ...>"

Argument = bytes | int | str


def tracing(trace: Path) -> list[str]:
    """Return the command that runs another one and writes down what it does to the disk."""
    return ["strace", "-f", "-xx", "-s", "4000000", "-e", f"trace={CALLS}", "-o", str(trace)]


@dataclass(frozen=True)
class Write:
    """Bytes went to a file at a place; without bytes the file was cut there."""

    file: int
    at: int
    data: bytes | None


@dataclass(frozen=True)
class Sync:
    """A file or folder was made to last."""

    file: int


@dataclass(frozen=True)
class Name:
    """A name went, came, or one became the other; `folders` hold them and must be synced."""

    gone: str
    come: str
    file: int
    folders: tuple[int, ...]


@dataclass(frozen=True)
class Told:
    """A line that the program printed."""

    line: str


Event = Write | Sync | Name | Told


@dataclass
class _Open:
    file: int
    place: int = 0


@dataclass
class Recording:
    """What was done below `base`; files and folders go by numbers, `base` itself is 0.

    `known` names the empty folders that were in it before.
    """

    base: str
    known: frozenset[str] = frozenset()
    events: list[Event] = field(default_factory=list)
    folders: set[int] = field(default_factory=lambda: {0})
    _names: dict[str, int] = field(default_factory=dict)
    _open: dict[int, _Open] = field(default_factory=dict)
    _last: int = 0

    def __post_init__(self) -> None:
        """Begin with folders that last."""
        self._names[self.base] = 0
        for name in sorted(self.known):
            self.folders.add(self._appear(f"{self.base}/{name}"))
        self.events.append(Sync(0))

    def read(self, trace: Path) -> "Recording":
        """Take in a trace."""
        for name, arguments, answer in _calls(trace):
            if answer >= 0:
                getattr(self, f"_on_{name}")(arguments, answer)
        return self

    def _is_ours(self, path: str) -> bool:
        return path == self.base or path.startswith(f"{self.base}/")

    def _folder(self, path: str) -> int:
        return self._names[path.rpartition("/")[0]]

    def _appear(self, path: str) -> int:
        self._last += 1
        self._names[path] = self._last
        self.events.append(Name("", path, self._last, (self._folder(path),)))
        return self._last

    def _on_openat(self, arguments: list[Argument], descriptor: int) -> None:
        self._open.pop(descriptor, None)
        path, flags = self._path(arguments[0], arguments[1]), str(arguments[2])
        if "O_TMPFILE" in flags:
            # A file without a name: nothing of it is left when the power goes.
            self._last += 1
            self._open[descriptor] = _Open(self._last)
            return
        if not self._is_ours(path) or (path not in self._names and "O_CREAT" not in flags):
            return
        assert "O_APPEND" not in flags
        file = self._names[path] if path in self._names else self._appear(path)
        if "O_TRUNC" in flags:
            self.events.append(Write(file, 0, None))
        self._open[descriptor] = _Open(file)

    def _path(self, folder: Argument, path: Argument) -> str:
        text = path.decode() if isinstance(path, bytes) else ""
        if text.startswith("/") or not isinstance(folder, int) or folder not in self._open:
            return text
        number = self._open[folder].file
        (inside,) = (name for name, file in self._names.items() if file == number)
        return f"{inside}/{text}"

    def _on_close(self, arguments: list[Argument], _answer: int) -> None:
        self._open.pop(_number(arguments[0]), None)

    def _on_lseek(self, arguments: list[Argument], answer: int) -> None:
        opened = self._open.get(_number(arguments[0]))
        if opened:
            opened.place = answer

    def _on_write(self, arguments: list[Argument], answer: int) -> None:
        descriptor, data = _number(arguments[0]), _bytes(arguments[1])[:answer]
        if descriptor == 1:
            self.events += [Told(line) for line in data.decode().splitlines()]
        opened = self._open.get(descriptor)
        if opened:
            self.events.append(Write(opened.file, opened.place, data))
            opened.place += answer

    def _on_pwrite64(self, arguments: list[Argument], answer: int) -> None:
        opened = self._open.get(_number(arguments[0]))
        if opened:
            data = _bytes(arguments[1])[:answer]
            self.events.append(Write(opened.file, _number(arguments[3]), data))

    def _on_sendfile(self, arguments: list[Argument], answer: int) -> None:
        self._copy(arguments[1], arguments[0], answer)

    def _on_copy_file_range(self, arguments: list[Argument], answer: int) -> None:
        self._copy(arguments[0], arguments[2], answer)

    def _copy(self, source: Argument, target: Argument, count: int) -> None:
        into = self._open.get(_number(target))
        if into:
            out_of = self._open[_number(source)]
            data = self._content(out_of.file)[out_of.place : out_of.place + count]
            self.events.append(Write(into.file, into.place, data))
            out_of.place += count
            into.place += count

    def _content(self, file: int) -> bytes:
        content = bytearray()
        for event in self.events:
            if isinstance(event, Write) and event.file == file:
                apply(content, event)
        return bytes(content)

    def _on_ftruncate(self, arguments: list[Argument], _answer: int) -> None:
        opened = self._open.get(_number(arguments[0]))
        if opened:
            self.events.append(Write(opened.file, _number(arguments[1]), None))

    def _on_fsync(self, arguments: list[Argument], _answer: int) -> None:
        opened = self._open.get(_number(arguments[0]))
        if opened:
            self.events.append(Sync(opened.file))

    def _on_fdatasync(self, arguments: list[Argument], answer: int) -> None:
        self._on_fsync(arguments, answer)

    def _on_rename(self, arguments: list[Argument], _answer: int) -> None:
        old, new = _bytes(arguments[0]).decode(), _bytes(arguments[1]).decode()
        if not self._is_ours(old):
            return
        folders = (self._folder(old), self._folder(new))
        moved = [path for path in self._names if path == old or path.startswith(f"{old}/")]
        file = self._names[old]
        for path in moved:
            self._names[new + path[len(old) :]] = self._names.pop(path)
        self.events.append(Name(old, new, file, folders))

    def _on_unlink(self, arguments: list[Argument], _answer: int) -> None:
        self._vanish(_bytes(arguments[0]).decode())

    def _on_rmdir(self, arguments: list[Argument], _answer: int) -> None:
        self._vanish(_bytes(arguments[0]).decode())

    def _on_unlinkat(self, arguments: list[Argument], _answer: int) -> None:
        self._vanish(self._path(arguments[0], arguments[1]))

    def _vanish(self, path: str) -> None:
        if self._is_ours(path):
            self.events.append(Name(path, "", self._names.pop(path), (self._folder(path),)))

    def _on_mkdir(self, arguments: list[Argument], _answer: int) -> None:
        path = _bytes(arguments[0]).decode()
        if self._is_ours(path):
            self.folders.add(self._appear(path))


def apply(content: bytearray, write: Write) -> None:
    """Do to a content what was done to its file."""
    if write.data is None:
        del content[write.at :]
        content.extend(bytes(write.at - len(content)))
        return
    content.extend(bytes(max(0, write.at - len(content))))
    content[write.at : write.at + len(write.data)] = write.data


def _calls(trace: Path) -> Iterator[tuple[str, list[Argument], int]]:
    """Yield each call once it had ended; one that another thread interrupted is put together."""
    begun: dict[str, str] = {}
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            thread, _, rest = line.rstrip("\n").partition(" ")
            rest = rest.lstrip()
            if rest.endswith(_UNFINISHED):
                begun[thread] = rest.removesuffix(_UNFINISHED)
                continue
            resumed = _RESUMED.match(rest)
            if resumed:
                rest = begun.pop(thread) + resumed["rest"]
            call = _CALL.match(rest)
            if call:
                yield (
                    call["name"],
                    list(map(_read, call["arguments"].split(", "))),
                    int(call["answer"]),
                )


def _read(text: str) -> Argument:
    if text.startswith('"'):
        assert text.endswith('"'), "longer than the trace holds"
        return bytes.fromhex(text[1:-1].replace("\\x", ""))
    return int(text) if re.fullmatch(r"-?\d+", text) else text


def _number(argument: Argument) -> int:
    assert isinstance(argument, int)
    return argument


def _bytes(argument: Argument) -> bytes:
    assert isinstance(argument, bytes)
    return argument
