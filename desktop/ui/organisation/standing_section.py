"""Standing work: what comes round every quarter or year, and what was recorded of it."""

from functools import partial

from desktop.domain.calendar.times import say_date
from desktop.domain.policy.sources import Sources
from desktop.domain.steps.standing import StandingEntry, StandingStep, StandingWork
from desktop.operations.organisation.keep_standing import leave_out_round, record_standing
from desktop.operations.organisation.show_own_copy import OwnView
from desktop.ui.organisation.entry_row import Row, RowAction
from desktop.ui.organisation.own_form import OwnForm
from desktop.ui.organisation.own_section import OwnSection
from desktop.ui.widgets.chip import Tone

DONE, LEFT_OUT = "done", "left out"


class StandingSection(OwnSection):
    """A card for each late round, then one for each procedure in its present round."""

    def build(self, view: OwnView) -> None:
        """Show what is done of each round and what is left; what is late comes first."""
        late = [work for work in view.standing if work.is_overdue(view.today)]
        for number, work in enumerate(late, 1):
            hint = f"{work.period}. Was due by {say_date(work.due_on)}. {_done(work)}"
            rows = [self._row(one, work, view.sources, f"Late{number}") for one in work.steps]
            ask = partial(self._ask_out, work)
            out = RowAction(f"leaveOut{number}Button", "Leave this round out…", ask)
            self.add_card(f"Late: {work.procedure.title}", rows, hint=hint, actions=(out,))
        for work in view.standing:
            if work not in late:
                hint = f"{work.period}. Due by {say_date(work.due_on)}. {_done(work)}"
                rows = [self._row(one, work, view.sources) for one in work.steps]
                note = work.procedure.note
                self.add_card(work.procedure.title, rows, hint=f"{hint}\n{note}")

    def _row(
        self, one: StandingStep, work: StandingWork, sources: Sources, which: str = ""
    ) -> Row:
        step, entry = one.step, one.entry
        words = "Change…" if entry else "Record…"
        name = f"standing{step.id.replace('-', '')}{which}Button"
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
            actions=(RowAction(name, words, partial(self._ask, one, work.period)),),
        )

    def _ask(self, one: StandingStep, period: str) -> None:
        StandingForm(self, one, period).show_form()

    def _ask_out(self, work: StandingWork) -> None:
        LeaveOutForm(self, work).show_form()


class StandingForm(OwnForm):
    """Asks what came of a step, on which day, and who checked it."""

    def __init__(self, parent: OwnSection, one: StandingStep, period: str) -> None:
        step = one.step
        name, hint = f"standing.{period} {step.id}", f"{period}. {step.text}"
        super().__init__(parent.session, name, step.title, parent, hint=hint)
        self._step = step
        self._period = period
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
                period=self._period,
                checked_by=texts.get("checked_by", ""),
                left_out=left_out,
            )
        )


class LeaveOutForm(OwnForm):
    """Asks why an earlier round is not finished any more; one reason stands for all of it."""

    def __init__(self, parent: OwnSection, work: StandingWork) -> None:
        super().__init__(
            parent.session,
            f"leaveOut.{work.procedure.id} {work.period}",
            f"Leave out: {work.procedure.title}, {work.period}",
            parent,
            keep="Leave it out",
            hint="What was recorded of this round stays. Every other step of it gets this reason.",
        )
        self._work = work
        self.form.add_text("reason", "Why it is left out")

    def _keep(self) -> None:
        if self._lacks(("reason", "Write why it is left out. One sentence is enough.")):
            return
        self._run(
            partial(
                leave_out_round,
                procedure_id=self._work.procedure.id,
                period=self._work.period,
                reason=self.form.text("reason"),
            )
        )


def _done(work: StandingWork) -> str:
    return f"{work.done} of {len(work.steps)} done."


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
