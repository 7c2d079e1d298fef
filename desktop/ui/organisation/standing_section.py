"""Standing work: what comes round every quarter or year, and what was recorded of it."""

from functools import partial

from desktop.domain.calendar.times import say_date
from desktop.domain.policy.sources import Sources
from desktop.domain.steps.standing import StandingEntry, StandingStep
from desktop.operations.organisation.keep_standing import record_standing
from desktop.operations.organisation.show_own_copy import OwnView
from desktop.ui.organisation.entry_row import Row, RowAction
from desktop.ui.organisation.own_form import OwnForm
from desktop.ui.organisation.own_section import OwnSection
from desktop.ui.widgets.chip import Tone

DONE, LEFT_OUT = "done", "left out"


class StandingSection(OwnSection):
    """A card for each procedure of the organisation, in its present round."""

    def build(self, view: OwnView) -> None:
        """Show what is done of this round and what is left."""
        for work in view.standing:
            late = work.is_overdue(view.today)
            due = f"{'Was due' if late else 'Due'} by {say_date(work.due_on)}"
            hint = f"{work.period}. {due}. {work.done} of {len(work.steps)} done."
            rows = [self._row(one, view.sources) for one in work.steps]
            self.add_card(work.procedure.title, rows, hint=f"{hint}\n{work.procedure.note}")

    def _row(self, one: StandingStep, sources: Sources) -> Row:
        step, entry = one.step, one.entry
        words = "Change…" if entry else "Record…"
        name = f"standing{step.id.replace('-', '')}Button"
        return Row(
            title=step.title,
            text=step.text,
            details=tuple(say_entry(each) for each in (entry, *one.before[-1:]) if each),
            quotes=tuple(
                f"“{each.quote}” {sources.say_authority(each)}"
                for each in step.authorities
                if each.quote
            ),
            chips=(_chip(entry),),
            actions=(RowAction(name, words, partial(self._ask, one)),),
        )

    def _ask(self, one: StandingStep) -> None:
        StandingForm(self, one).show_form()


class StandingForm(OwnForm):
    """Asks what came of a step, on which day, and who checked it."""

    def __init__(self, parent: OwnSection, one: StandingStep) -> None:
        step = one.step
        super().__init__(parent.session, f"standing.{step.id}", step.title, parent, hint=step.text)
        self._step = step
        choices = [(DONE, "Done"), (LEFT_OUT, "Not needed this time")]
        self.form.add_choice("state", "What became of it?", choices)
        self.form.add_text("note", "What came of it, or why it is not needed")
        if step.second:
            self.form.add_line("checked_by", "Who looked at it too? Name and role, or why nobody")
        entry = one.entry
        self.form.set_texts(
            {
                "state": LEFT_OUT if entry and entry.left_out else DONE,
                "note": entry.note if entry else "",
                "checked_by": entry.checked_by if entry else "",
            }
        )

    def _keep(self) -> None:
        texts = self.form.texts()
        left_out = texts["state"] == LEFT_OUT
        needed = [("note", "Write why it is not needed. One sentence is enough.")]
        if self._step.second and not left_out:
            needed = [("checked_by", "Write who looked at it too, or why there was nobody.")]
        if (left_out or self._step.second) and self._lacks(*needed):
            return
        self._run(
            partial(
                record_standing,
                step_id=self._step.id,
                note=texts["note"],
                checked_by=texts.get("checked_by", ""),
                left_out=left_out,
            )
        )


def say_entry(entry: StandingEntry) -> str:
    """Say what was recorded of a step in one round."""
    state = "Not needed" if entry.left_out else "Done"
    checked = f" Looked at by {entry.checked_by}." if entry.checked_by else ""
    note = f" {entry.note.rstrip('.')}." if entry.note else ""
    return f"{entry.period}: {state}, {say_date(entry.done_on)}, by {entry.by}.{note}{checked}"


def _chip(entry: StandingEntry | None) -> tuple[str, Tone]:
    if entry is None:
        return "To do", "due"
    return ("Not needed", "plain") if entry.left_out else ("Done", "done")
