"""Lists the answers at the gate that an item came in under, or was held back by."""

from dataclasses import dataclass

from desktop.domain.errors import NotFound
from desktop.domain.evidence.gate import GateAnswer, Statement
from desktop.domain.identifiers import ItemId
from desktop.operations.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ItemStatements:
    """The answer about an item and those that correct it, oldest first.

    `confirmed`: one of them is 'yes', and nothing goes back behind that.
    """

    statements: tuple[Statement, ...]

    @property
    def confirmed(self) -> bool:
        """Whether it was confirmed as such."""
        return any(one.answer is GateAnswer.YES for one in self.statements)


def show_statements(workspace: Workspace, item_id: ItemId) -> ItemStatements:
    """Return the answers about one item; raises NotFound."""
    item = workspace.log.evidence.item(item_id)
    if item is None:
        raise NotFound("item")
    chain: list[Statement] = []
    wanted = {item.statement_id}
    for statement in workspace.log.evidence.statements(item.incident_id):
        if statement.id in wanted or statement.corrects in wanted:
            chain.append(statement)
            wanted.add(statement.id)
    return ItemStatements(tuple(chain))
