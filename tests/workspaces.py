"""Builds a real encrypted log from raw keys: a few milliseconds, where a passphrase costs 200."""

from collections.abc import Callable, Mapping
from pathlib import Path

from desktop.domain.calendar.times import Clock
from desktop.domain.identifiers import KeyholderId
from desktop.domain.log.custody import Action
from desktop.domain.log.restricted import KIND, RESTRICTED
from desktop.domain.program_data import ProgramData
from desktop.domain.steps.procedures import Procedure
from desktop.operations.program_files import read_program_data
from desktop.operations.steps.load_procedures import load_procedures
from desktop.operations.workspace import Keyholder, OnLog, Workspace, directly
from desktop.store.connection import open_connection
from desktop.store.contents import Contents
from desktop.store.evidence_file_table import EvidenceFileTable
from desktop.store.folder import LogFolder
from desktop.store.held_keys import HeldKeys
from desktop.store.key_file import KeyFile
from desktop.store.keyholder_table import KeyholderRow
from desktop.store.keys import OpenKeys
from desktop.store.log import Log
from desktop.store.migrate import migrate

LOG_KEY = bytes(range(32))
LOG_ID = "0123456789abcdef0123456789abcdef"
EVIDENCE_KEY = bytes(range(32, 64))
KEYHOLDER = Keyholder(
    KeyholderId("pat"), name="Pat Smith", title="Designated safeguarding lead", initials="PXS"
)
MACHINE = "test computer, Safeguarding Log 0.0"


def own_procedures() -> Mapping[str, Procedure]:
    """Read the procedures that come with the program."""
    return load_procedures()


def own_data() -> ProgramData:
    """Read the policies, worksheets and lists that come with the program."""
    return read_program_data()


def make_workspace(
    folder: Path,
    clock: Clock,
    procedures: Mapping[str, Procedure],
    on_log: OnLog = directly,
    *,
    restricted: bool = False,
) -> Workspace:
    """Make a new log in the folder and open it; call it on the thread that shall own log.db."""
    place = LogFolder(folder)
    place.evidence_folder.mkdir(parents=True)
    keys = HeldKeys(raw_keys(place, {}).with_evidence_key(1, EVIDENCE_KEY))
    connection = open_connection(place.log_file, keys.derive("log.db"))
    migrate(connection)
    files = EvidenceFileTable(connection)
    log = Log(connection)
    contents = Contents(place, {1: EVIDENCE_KEY}, _keep_key(keys, files, on_log))
    workspace = Workspace(
        keys=keys,
        log=log,
        contents=contents,
        clock=clock,
        keyholder=KEYHOLDER,
        procedures=procedures,
        data=read_program_data(),
        machine=MACHINE,
        on_log=on_log,
        restricted=restricted,
    )
    with log.transaction():
        files.insert(1, EVIDENCE_KEY)
        if restricted:
            log.settings.set(KIND, RESTRICTED)
            workspace.note(Action.RESTRICTED_LOG_STARTED, "log", workspace.now())
        _introduce(workspace)
    contents.begin_first_file()
    return workspace


def open_workspace(
    folder: Path,
    clock: Clock,
    procedures: Mapping[str, Procedure],
    on_log: OnLog = directly,
) -> Workspace:
    """Open again a log that make_workspace made and close_workspace closed."""
    place = LogFolder(folder)
    key = HeldKeys(raw_keys(place, {})).derive("log.db")
    connection = open_connection(place.log_file, key)
    migrate(connection)
    files = EvidenceFileTable(connection)
    keys = HeldKeys(raw_keys(place, files.keys()))
    log = Log(connection)
    return Workspace(
        keys=keys,
        log=log,
        contents=Contents(place, files.keys(), _keep_key(keys, files, on_log)),
        clock=clock,
        keyholder=KEYHOLDER,
        procedures=procedures,
        data=read_program_data(),
        machine=MACHINE,
        on_log=on_log,
        restricted=log.settings.get(KIND) == RESTRICTED,
    )


def close_workspace(workspace: Workspace) -> None:
    """Close both files of the log; call it on the thread that owns log.db."""
    workspace.contents.close()
    workspace.log.close()


def _introduce(workspace: Workspace) -> None:
    log, who, now = workspace.log, workspace.keyholder, workspace.now()
    log.settings.set("organisation", "Example Training")
    log.keyholders.insert(
        KeyholderRow(
            id=who.id, name=who.name, title=who.title, initials=who.initials, added_at=now
        )
    )
    workspace.note(Action.LOG_CREATED, "log", now)


def raw_keys(place: LogFolder, evidence_keys: Mapping[int, bytes]) -> OpenKeys:
    """Return open keys that no passphrase leads to: their key file has no slots."""
    return OpenKeys(
        folder=place,
        log_id=LOG_ID,
        keyholder=KEYHOLDER.id,
        log_key=LOG_KEY,
        evidence_keys=evidence_keys,
        _file=KeyFile(log_id=LOG_ID, generation=0, slots=(), evidence_keys={}),
    )


def log_file_key() -> bytes:
    """Return the key of log.db in these logs."""
    return raw_keys(LogFolder(Path()), {}).derive("log.db")


def _keep_key(keys: HeldKeys, files: EvidenceFileTable, on_log: OnLog) -> Callable[[int], bytes]:
    def keep(number: int) -> bytes:
        key = bytes([number]) * 32
        keys.add_evidence_key(number, key)
        on_log(lambda: files.insert(number, key))
        return key

    return keep
