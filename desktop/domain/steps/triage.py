"""The triage questions T1 to T13, and which procedures their answers attach."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.steps.checklist_records import TriageAnswer
from desktop.domain.steps.procedures import Procedure

SEPARATOR = "+"
# The question whose answer the police are told and the quarter counts: does it seem to be hatred?
HATE_MOTIVE = "T13"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One possible answer: what is kept, and what is read."""

    value: str
    label: str


YES_NO = (
    Choice(value="yes", label="Yes"),
    Choice(value="no", label="No"),
    Choice(value="unsure", label="I'm not sure"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One triage question; with `multiple`, several values joined by '+' are one answer.

    `advice` is shown at once when the answer is anything but no (T1: call 999). `note_label`
    asks for a short text beside such an answer; '' asks for none.
    """

    id: str
    text: str
    help: str = ""
    choices: tuple[Choice, ...] = YES_NO
    multiple: bool = False
    advice: str = ""
    note_label: str = ""

    def warns(self, answer: str) -> bool:
        """Say whether the advice is shown with this answer."""
        return bool(self.advice) and answer not in {"", "no"}

    def asks_more(self, answer: str) -> bool:
        """Say whether the short text is asked for with this answer."""
        return bool(self.note_label) and answer not in {"", "no"}


SEXUAL_CONTACT = (
    Choice(value="yes", label="Yes: an adult, or somebody of unknown age"),
    Choice(value="child", label="Yes: another child did it"),
    Choice(value="both", label="Yes: both, an adult or unknown person and a child"),
    Choice(value="no", label="No"),
    Choice(value="unsure", label="I'm not sure"),
)

MATERIAL = (
    Choice(value="yes", label="Yes: held or opened it, or misused our systems"),
    Choice(value="self-harm", label="Yes: it is about suicide, self-harm or an eating disorder"),
    Choice(value="both", label="Yes: both of these"),
    Choice(value="no", label="No"),
    Choice(value="unsure", label="I'm not sure"),
)

PLACES = (
    Choice(value="private", label="In private: e-mail, text, call or message"),
    Choice(value="site", label="On a site or social page run by others"),
    Choice(value="own", label="On one of our own accounts or pages"),
    Choice(value="fake", label="On an account that uses our name or logo"),
    Choice(value="person", label="On an account in somebody else's name, or a hacked one"),
)

CIRCUMSTANCES = (
    Choice(value="under-18", label="Somebody affected is under 18, or I don't know their age"),
    Choice(value="over-18", label="Everybody affected is 18 or over"),
    Choice(value="additional-needs", label="Special educational needs, or vulnerable"),
    Choice(value="social-worker", label="Has a social worker"),
    Choice(value="looked-after", label="Looked after by the local authority"),
    Choice(value="adult-at-risk", label="An adult at risk"),
    Choice(value="with-parent", label="Lives with a parent or carer"),
    Choice(value="employer", label="An employer is involved"),
    Choice(value="no", label="None of these"),
)

QUESTIONS: tuple[Question, ...] = (
    Question(
        id="T1",
        text="Is anyone in danger right now?",
        help=(
            "A threat to life, talk of suicide or self-harm, a meeting about to happen, a child "
            "who is missing."
        ),
        advice=(
            "Call 999 now. Then carry on here; nothing is lost. Tell children's services today."
        ),
    ),
    Question(
        id="T2",
        text=(
            "Might any of it be a nude, semi-nude or sexual image, video or live stream of "
            "someone under 18?"
        ),
        help=(
            "Real, edited, drawn or made by AI, or of somebody whose age you do not know. Answer "
            "from what you were told. Do not look."
        ),
        advice=(
            "Do not open, view, copy, screenshot, forward, print, share, store or save it. Do not "
            "delete it, and do not ask the child to send, show or delete it."
        ),
    ),
    Question(
        id="T3",
        text="Might any of it show an adult in an intimate state without clear consent?",
        help="Also a picture that disappears after one view, or a threat to share one.",
        advice="Do not copy or screenshot it, even for evidence. Describe it in words.",
    ),
    Question(
        id="T4",
        text="Is there anything sexual towards a child, by anybody?",
        help=(
            "Sexual talk, asking for images or to meet, moving to another app, gifts, money, "
            "blackmail. By an adult, by somebody of unknown age, or by another child."
        ),
        choices=SEXUAL_CONTACT,
        advice=(
            "Keep the chat. Do not reply, and do not pretend to be the child. Tell the police; "
            "CEOP also takes reports of this kind."
        ),
    ),
    Question(
        id="T5",
        text="Is it about what staff, a volunteer or an employer's staff did or may have done?",
        help="Supply and contractors count. If it is you or the head, tell the next one up.",
        advice=(
            "Do not question them. Tell the head, and the LADO within one working day. If it is "
            "about the head, tell the chair."
        ),
    ),
    Question(
        id="T6",
        text="Is there extremist or terrorist content, or signs of radicalisation?",
        advice="Do not copy the material. Note the address in words, and call the Prevent team.",
    ),
    Question(
        id="T7",
        text="Is a member of staff the target?",
        help="They decide about the police themselves, unless others are at risk.",
    ),
    Question(
        id="T8",
        text="Where did it happen?",
        help="Choose every place that fits.",
        choices=PLACES,
        multiple=True,
    ),
    Question(
        id="T9",
        text="Is it only about contact on social media between staff and a learner or employer?",
        help="Friend requests, private messages, following: a boundary, and nothing more so far.",
        advice="If you learn of anything more, come back and answer the question on staff again.",
    ),
    Question(
        id="T10",
        text="Is there content on self-harm, unsuitable material, or misuse of our systems?",
        help=(
            "Content on self-harm: seen, posted, sent or shared. Material may be legal and still "
            "not belong in education. A monitoring alert about self-harm is both."
        ),
        choices=MATERIAL,
        advice=(
            "Self-harm: nobody at risk is left alone; 999 if they mean to do it. Material: do not "
            "look at it yourself; ask IT to keep the logs."
        ),
    ),
    Question(
        id="T11",
        text="What do you know about the people affected?",
        help="Choose all that you know. Leave out what you do not know.",
        choices=CIRCUMSTANCES,
        multiple=True,
    ),
    Question(
        id="T12",
        text="Has something like this happened before?",
        help="To the same person, or from the same account.",
        note_label="Which incidents?",
    ),
    Question(
        id=HATE_MOTIVE,
        text="Does it seem to be about race, religion, disability, sexuality or gender identity?",
        help="The police record this as a hate motive.",
        note_label="Which of these?",
    ),
)

_QUESTIONS = {question.id: question for question in QUESTIONS}

_CONCERNS: dict[Concern, str] = {
    Concern.CHILD_IMAGE: "P03",
    Concern.ADULT_IMAGE: "P03B",
    Concern.TERRORIST: "P07",
}
_STOP = "P03"
_GATE_FACTS: dict[Concern | None, str] = {
    Concern.ADULT_IMAGE: "gate-adult",
    Concern.TERRORIST: "gate-terrorist",
}


def question(question_id: str) -> Question:
    """Return the question with this id; raises KeyError."""
    return _QUESTIONS[question_id]


def is_answer(question_id: str, answer: str) -> bool:
    """Say whether this text is an answer to that question: a value, or several joined by '+'."""
    found = _QUESTIONS.get(question_id)
    if found is None:
        return False
    allowed = {choice.value for choice in found.choices}
    parts = answer.split(SEPARATOR) if found.multiple else [answer]
    return len(parts) == len(set(parts)) and allowed.issuperset(parts)


def answer_texts(answers: Mapping[str, TriageAnswer]) -> dict[str, str]:
    """Return question id -> answer, without who and when."""
    return {question_id: given.answer for question_id, given in answers.items()}


def answer_facts(answers: Mapping[str, str]) -> frozenset[str]:
    """Return the facts that answers state: T4=no, T8=private; unknown ones say nothing."""
    known = {name: text for name, text in answers.items() if is_answer(name, text)}
    facts = {f"{name}={part}" for name, text in known.items() for part in text.split(SEPARATOR)}
    if known.get("T8") == "own":
        facts.add("only-own-account")
    if len(known) == len(QUESTIONS):
        facts.add("triage-answered")
    return frozenset(facts)


def with_parts(wanted: list[str], procedures: Mapping[str, Procedure]) -> tuple[str, ...]:
    """Return these procedures and all that their steps run, in the order in which they lead."""
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        one = waiting.pop()
        if one in procedures and one not in found:
            found.add(one)
            waiting.extend(step.runs for step in procedures[one].steps if step.runs)
    return tuple(sorted(found, key=lambda one: (procedures[one].order, one)))


def gate_fact(answer: GateAnswer, concern: Concern | None) -> str:
    """Return the fact that a yes or not sure at the gate states; see domain/steps/facts.py."""
    if concern in _GATE_FACTS:
        return _GATE_FACTS[concern]
    return "gate-child" if answer is GateAnswer.YES else "gate-unsure"


def procedures_for_gate(
    answer: GateAnswer, concern: Concern | None, procedures: Mapping[str, Procedure]
) -> tuple[str, ...]:
    """Return what an answer at the gate attaches; where its own steps are not held, the stop."""
    if answer is GateAnswer.NO:
        return ()
    wanted = _CONCERNS[concern] if concern else _STOP
    return with_parts([wanted if wanted in procedures else _STOP], procedures)
