"""The open log.db: its tables side by side, and transactions over them."""

from contextlib import AbstractContextManager
from typing import BinaryIO

from desktop.store.backup_table import BackupTable
from desktop.store.checklist_table import ChecklistTable
from desktop.store.chronology_table import ChronologyTable
from desktop.store.clock_check_table import ClockCheckTable
from desktop.store.connection import Connection
from desktop.store.consistency import Consistency
from desktop.store.contact_table import ContactTable
from desktop.store.custody_table import CustodyTable
from desktop.store.erasure import Erasure
from desktop.store.evidence_file_table import EvidenceFileTable
from desktop.store.evidence_table import EvidenceTable
from desktop.store.export_table import BundleTable, IntentTable, ReportTable
from desktop.store.field_table import DraftTable, FieldTable
from desktop.store.given_head_table import GivenHeadTable
from desktop.store.handling_table import HandlingTable
from desktop.store.hold_table import HoldTable
from desktop.store.incident_rows import MovingRows
from desktop.store.incident_table import IncidentTable
from desktop.store.keyholder_table import KeyholderTable
from desktop.store.link_table import LinkTable
from desktop.store.log_copy import copy_log_file
from desktop.store.organisation_table import OrganisationTable
from desktop.store.people_table import PeopleTable
from desktop.store.sealed_content_table import SealedContentTable
from desktop.store.setting_table import SettingTable
from desktop.store.tombstone_table import TombstoneTable
from desktop.store.worksheet_table import WorksheetTable


class Log:
    """Everything but evidence content. It belongs to the thread that opened it.

    Attributes are the tables. Change several things inside one `with log.transaction():`.
    """

    def __init__(self, connection: Connection) -> None:
        """Take over an open connection whose schema is up to date."""
        self._connection = connection
        self.settings = SettingTable(connection)
        self.keyholders = KeyholderTable(connection)
        self.custody = CustodyTable(connection)
        self.incidents = IncidentTable(connection)
        self.fields = FieldTable(connection)
        self.drafts = DraftTable(connection)
        self.people = PeopleTable(connection)
        self.evidence = EvidenceTable(connection)
        self.evidence_files = EvidenceFileTable(connection)
        self.handling = HandlingTable(connection)
        self.sealed = SealedContentTable(connection)
        self.clock_checks = ClockCheckTable(connection)
        self.checklists = ChecklistTable(connection)
        self.links = LinkTable(connection)
        self.worksheets = WorksheetTable(connection)
        self.organisation = OrganisationTable(connection)
        self.contacts = ContactTable(connection)
        self.chronology = ChronologyTable(connection)
        self.bundles = BundleTable(connection)
        self.reports = ReportTable(connection)
        self.intents = IntentTable(connection)
        self.given_heads = GivenHeadTable(connection)
        self.backups = BackupTable(connection)
        self.consistency = Consistency(connection)
        self.holds = HoldTable(connection)
        self.tombstones = TombstoneTable(connection)
        self.erasure = Erasure(connection)
        self.moving = MovingRows(connection)

    @property
    def connection(self) -> Connection:
        """The open file, for what changes it as a whole."""
        return self._connection

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; a transaction inside another joins it."""
        return self._connection.transaction()

    def copy_to(self, file: BinaryIO) -> None:
        """Copy log.db as it is now; nothing else can happen to it meanwhile."""
        copy_log_file(self._connection, file)

    def close(self) -> None:
        """Close the file; nothing of it can be used afterwards."""
        self._connection.close()
