"""The evidence of the invented case: captures, a mail, a chat, a telephone, a copy to share."""

from desktop.domain.evidence.derivatives import Mark, PicturePlan, Shape
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.evidence.things import HandlingDetails, Thing
from desktop.domain.identifiers import IncidentId, ItemId, StatementId
from desktop.operations.evidence.describe_thing import describe_thing
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.keep_handling import add_handling
from desktop.operations.evidence.make_derivative import Purpose, make_picture_copy
from desktop.operations.evidence.make_statement import hold_back, make_statement
from desktop.operations.evidence.take_evidence import add_file, add_picture
from desktop.operations.workspace import Workspace
from desktop.resources import resource_path

COMMENTS_SIZE = (1100, 620)
BOARD = "https://chatter.example/board/4182#c7"


def take_practice_evidence(workspace: Workspace, incident_id: IncidentId) -> None:
    """Take in captures, a mail and a note, say where they come from, hold one thing back."""
    _describe(workspace, _take_evidence(workspace, incident_id))
    _hold_one_back(workspace, incident_id)


def add_practice_evidence(workspace: Workspace, incident_id: IncidentId) -> None:
    """Add a chat that was passed on, a telephone, and a copy of the first capture to share."""
    _add_the_chat(workspace, incident_id)
    _add_the_telephone(workspace, incident_id)
    _cover_the_name(workspace, workspace.log.evidence.exhibits(incident_id)[0].id)


def _take_evidence(workspace: Workspace, incident_id: IncidentId) -> list[ItemId]:
    listed = ["Two captures of the screen", "message.eml", "note.pdf"]
    statement = make_statement(workspace, incident_id, GateAnswer.NO, listed).statement
    items = []
    for name, kind in (
        ("comments.png", ItemKind.SCREEN_REGION),
        ("profile.png", ItemKind.SCREEN),
    ):
        png = resource_path("practice", name).read_bytes()
        added = add_picture(
            workspace,
            incident_id,
            statement.id,
            png,
            kind,
            Method.SCREEN_CAPTURE,
            workspace.now(),
            ignore,
            never,
        )
        items.append(added.item_id)
    return items + _take_files(workspace, incident_id, statement.id)


def _take_files(
    workspace: Workspace, incident_id: IncidentId, statement_id: StatementId
) -> list[ItemId]:
    return [
        add_file(
            workspace,
            incident_id,
            statement_id,
            resource_path("practice", name),
            Method.DROP,
            ignore,
            never,
        ).item_id
        for name in ("message.eml", "note.pdf")
    ]


def _describe(workspace: Workspace, items: list[ItemId]) -> None:
    site = {"platform": "Website, forum or blog", "handle": "@nightowl_77"}
    shown = {"time_as_shown": "2h ago", "zone_as_shown": "not shown"}
    comments = {"description": "Comments by @nightowl_77", "source_url": BOARD, **site, **shown}
    profile = {
        "description": "Profile page of @nightowl_77",
        "source_url": "https://chatter.example/u/nightowl_77",
        **site,
    }
    mail = {
        "description": "E-mail “you will see”",
        "platform": "E-mail",
        "handle": "owl77@mail.example",
        "original_kept": "In Robin's mailbox",
    }
    note = {"description": "Tutor's handwritten note, scanned", "original_kept": "Tutor's folder"}
    for item_id, values in zip(items, (comments, profile, mail, note), strict=True):
        enter_origin(workspace, item_id, values)


def _hold_one_back(workspace: Workspace, incident_id: IncidentId) -> None:
    made = make_statement(
        workspace,
        incident_id,
        GateAnswer.NOT_SURE,
        ["attachment.jpg"],
        Concern.CHILD_IMAGE,
    )
    words = (
        "Attachment of a third e-mail. Robin says it may be a picture of her. Nobody opened it."
    )
    hold_back(workspace, incident_id, made.statement.id, "attachment.jpg", words)


def _add_the_chat(workspace: Workspace, incident_id: IncidentId) -> None:
    made = make_statement(workspace, incident_id, GateAnswer.NO, ["chat.txt"]).statement
    chat = add_file(
        workspace,
        incident_id,
        made.id,
        resource_path("practice", "chat.txt"),
        Method.DROP,
        ignore,
        never,
    )
    told = {
        "description": "Group “Year 12 gaming”, exported without media",
        "platform": "WhatsApp",
        "first_hand": "no",
        "taken_by": "Robin, on her own telephone",
        "passed_on_by": "Robin",
        "passed_on_how": "by e-mail",
        "seen_live": "yes",
        "original_kept": "On Robin's telephone",
    }
    enter_origin(workspace, chat.item_id, told)


def _add_the_telephone(workspace: Workspace, incident_id: IncidentId) -> None:
    thing = Thing(
        make="Examplephone",
        model="7",
        colour="blue",
        owner="Robin",
        state="off",
        seal="EX 004471",
        place="Safe in the office",
        holder="Lee Tutor",
    )
    added = describe_thing(workspace, incident_id, thing)
    handed = HandlingDetails(
        at=workspace.now(),
        given_by="Robin",
        given_to="Lee Tutor",
        purpose="Kept for the police; Robin agreed",
        place="North centre",
        seal="EX 004471",
        reference="",
    )
    add_handling(workspace, added.item_id, handed)


def _cover_the_name(workspace: Workspace, item_id: ItemId) -> None:
    covers = (Mark(Shape.COVER, 70, 424, 290, 472),)
    plan = PicturePlan(width=COMMENTS_SIZE[0], height=COMMENTS_SIZE[1], marks=covers)
    purpose = Purpose(reason="For Robin's mother: the handle of another learner is covered")
    make_picture_copy(workspace, item_id, plan, purpose, ignore, never)


def ignore(_share: float) -> None:
    """Show no progress: nobody watches."""


def never() -> bool:
    """Stop nothing: nobody asks to."""
    return False
