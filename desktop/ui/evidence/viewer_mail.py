"""Shows a mail: its words, what came with it, the path it took, the facts for its provider."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.evidence.items import EvidenceItem, Method
from desktop.domain.evidence.mail_meaning import handed_over, say_kind
from desktop.domain.evidence.provider_facts import REMINDER, facts_text, provider_facts
from desktop.domain.evidence.shown import Attachment, MailView
from desktop.ui.evidence.opened import Opened
from desktop.ui.evidence.viewer_mail_path import MailPathView
from desktop.ui.evidence.viewer_words import SHORTENED, WordsView
from desktop.ui.tabs import Tabs
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import body, row_line, secondary, strong

REDUCED = "[The mail is HTML. Its words are shown; pictures and links were not loaded.]"
NO_WORDS = "[There are no words in it.]"
ALSO_HTML = "[The same mail as HTML has other words. They may be what was seen on screen:]"
LEFT_OUT = "[This copy holds the headers and the words alone. The rest was held back.]"
NOT_OPENED = "Kept as part of this e-mail. It was not opened."


class MailContentView(QWidget):
    """A mail behind tabs; nothing in it can be clicked, fetched or run."""

    def __init__(self, opened: Opened, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("viewerMailView")
        shown = opened.shown
        view = shown if isinstance(shown, MailView) else _NOTHING
        # A sender could write the field that marks such a copy: how it came in is what counts.
        view = replace(view, left_out=opened.item.method is Method.REDUCED)
        self.words_view = WordsView(mail_words(view), opened.name, self)
        self.attached_view = AttachedView(view, opened, self)
        self.path_view = MailPathView(view, self)
        self.facts_view = ProviderFactsView(view, self)
        self.tabs = Tabs("Parts of the e-mail", self)
        self.tabs.add(self.words_view, "mailWords", "&Words")
        self.tabs.add(self.attached_view, "mailAttached", f"A&ttached ({len(view.attachments)})")
        self.tabs.add(self.path_view, "mailPath", f"Pat&h and checks ({len(view.hops)})")
        self.tabs.add(self.facts_view, "mailFacts", "&For the provider")
        self.path_view.step_chosen.connect(self._on_step_chosen)
        self.setFocusProxy(self.words_view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs, 1)

    @Slot(int)
    def _on_step_chosen(self, place: int) -> None:
        self.facts_view.show_step(place)
        self.tabs.show_panel(self.facts_view)
        self.facts_view.words_view.setFocus()


class AttachedView(QWidget):
    """What came with the mail, named; a button goes to the item where it was kept as one."""

    def __init__(self, view: MailView, opened: Opened, parent: QWidget) -> None:
        super().__init__(parent)
        self._opened = opened
        scroll = Scroll(self)
        scroll.setObjectName("mailAttachedScroll")
        column = scroll.inner.column
        column.setSpacing(8)
        if not view.attachments:
            column.addWidget(body("Nothing was attached.", scroll.inner))
        waiting = list(opened.inside)
        for number, one in enumerate(view.attachments, 1):
            self._add_row(number, one, _item_of(one, waiting), scroll)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.addWidget(scroll, 1)

    def _add_row(
        self, number: int, one: Attachment, item: EvidenceItem | None, scroll: Scroll
    ) -> None:
        column, parent = scroll.inner.column, scroll.inner
        column.addWidget(strong(one.name, parent))
        column.addWidget(secondary(f"{say_kind(one.media_type)}, {_size(one.size)}", parent))
        if item is None:
            column.addWidget(secondary(NOT_OPENED, parent))
        else:
            row = QWidget(parent)
            button = QPushButton(f"Go to {item.mark}", row)
            button.setObjectName(f"mailAttached{number}Button")
            button.setAccessibleName(f"Go to {item.mark}, {one.name}")
            button.setAutoDefault(False)
            button.clicked.connect(lambda: self._opened.go_to(item.id))
            FlowLayout(row).addWidget(button)
            column.addWidget(row)
        column.addWidget(row_line(parent))

    def wipe(self) -> None:
        """Leave no names: the log locks."""
        _clear_labels(self)


class ProviderFactsView(QWidget):
    """The facts that a letter to the sender's provider needs, to be copied into it."""

    def __init__(self, view: MailView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._step_label = secondary("", self)
        self.words_view = WordsView("", "Facts for the sender's provider", self)
        self.words_view.setObjectName("mailFactsEdit")
        self.copy_button = QPushButton("&Copy these facts", self)
        self.copy_button.setObjectName("mailFactsCopyButton")
        self.copy_button.setAccessibleName("Copy these facts")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self._copied_label = secondary("", self)
        row = QWidget(self)
        flow = FlowLayout(row)
        flow.addWidget(self.copy_button)
        flow.addWidget(self._copied_label)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        for each in (self._step_label, self.words_view, body(REMINDER, self), row):
            outer.addWidget(each)
        outer.setStretchFactor(self.words_view, 1)
        self.show_step(handed_over(view))

    def show_step(self, place: int | None) -> None:
        """Take the facts from this step of the path."""
        self.words_view.setPlainText(facts_text(provider_facts(self._view, place)))
        self._copied_label.setText("")
        if place is None:
            self._step_label.setText("There is no path in this copy of the mail.")
            return
        number = len(self._view.hops) - place
        self._step_label.setText(
            f"Taken from step {number} of the path. Another step can be chosen there, for example "
            "where a mail filter of your own took it over first."
        )

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.words_view.toPlainText())
        self._copied_label.setText("Copied")

    def wipe(self) -> None:
        """Leave no facts: the log locks."""
        self._view = _NOTHING
        _clear_labels(self)


def mail_words(view: MailView) -> str:
    """Write a mail out: its headers and its words."""
    parts = [LEFT_OUT] if view.left_out else []
    parts += ["\n".join(f"{name}: {value}" for name, value in view.headers)]
    parts += [REDUCED] if view.reduced else []
    parts += [view.body.strip() or NO_WORDS]
    parts += [SHORTENED] if view.shortened else []
    parts += [ALSO_HTML, view.other_words] if view.other_words else []
    return "\n\n".join(parts)


_NOTHING = MailView(headers=(), received=(), body="", attachments=())


def make_mail_view(opened: Opened, parent: QWidget) -> QWidget:
    """Return the view of a mail for the viewer's table."""
    return MailContentView(opened, parent)


def _item_of(one: Attachment, waiting: list[EvidenceItem]) -> EvidenceItem | None:
    """Return the item that an attachment was kept as, each only once."""
    for item in waiting:
        if item.original_name == one.name:
            waiting.remove(item)
            return item
    return None


def _clear_labels(view: QWidget) -> None:
    for each in view.findChildren(QLabel):
        each.clear()


def _size(size: int) -> str:
    return f"about {max(1, round(size / 1024)):,} KiB"
