"""Three small procedures as text: tests of pages must not hang on the wording of real ones."""

from collections.abc import Mapping

from desktop.domain.steps.procedure_text import parse_procedure
from desktop.domain.steps.procedures import Procedure

OPENING = """
id = "P00"
title = "Opening"
version = "1"
applies_when = "Every incident"
order = 100
attached_by = ["always"]
checked = "2026-11-20"

[[steps]]
id = "P00-1"
title = "Listen and write down their words"
text = "Do not promise to keep it secret."
actor = "REPORTER"
recipients = []
severity = "must"
order = 1
acts = ["record"]
ticked_by = "first-account"
not_applicable = "never"
authorities = [{ reference = "S003:195", quote = "no-blame culture" }]
deadlines = [{ id = "D1", label = "First record", length = "hours", amount = 24, \
starts = "became_aware_at", stops = "first_recorded_at", basis = "documented", \
reference = "S000:64" }]

[[steps]]
id = "P00-2"
title = "Advise the learner not to reply"
text = "Ask whether they replied already."
actor = "DSL"
recipients = ["TARGET"]
severity = "must"
order = 2
acts = ["advise"]
not_applicable = "reason"
authorities = [{ reference = "S003:176", quote = "Advise the learner not to respond" }]
blanks = [
  { name = "advised_by", label = "Who advised them" },
  { name = "replied", label = "Did they reply already?", choices = ["yes", "no"] },
  { name = "remark", label = "Anything else", long = true, required = false },
]
"""

COMMENTS = """
id = "P02"
title = "Comments on a site"
version = "1"
applies_when = "Comments on a site run by others"
order = 300
attached_by = ["T8=site"]
checked = "2026-11-20"

[[media]]
name = "E-mail"
identifier = "Message-ID"
capture = "The original with all its headers"
traps = "Forwarding loses the headers"

[[steps]]
id = "P02-1"
title = "Secure and preserve the evidence"
text = "Capture before anybody asks for removal."
actor = "DSL"
recipients = []
severity = "must"
order = 3
acts = ["capture"]
ticked_by = "item-kept"
not_applicable = "never"
authorities = [{ reference = "S003:190", quote = "Secure and preserve any evidence" }]

[[steps]]
id = "P02-2"
title = "Is there a threat, hate or harassment?"
text = "Decide before anyone is asked to remove it."
actor = "DSL"
recipients = []
severity = "must"
order = 4
acts = ["decide"]
not_applicable = "never"
authorities = [{ reference = "S003:192", quote = "inform police as appropriate" }]
blanks = [
  { name = "decision", label = "Your decision", choices = ["yes", "no"] },
  { name = "reasons", label = "Your reasons", long = true },
]

[[steps]]
id = "P02-3"
title = "Ask the site to remove the comments"
text = "Only after the evidence is safe."
actor = "DSL"
recipients = ["PLATFORM"]
severity = "should"
order = 6
acts = ["contact"]
after = ["P02-1", "P02-2"]
removes = true
not_applicable = "reason"
authorities = [{ reference = "S003:189", quote = "request the comments be removed" }]

[[steps]]
id = "P02-4"
title = "Call the police"
text = "Ask for a reference."
actor = "DSL"
recipients = ["POLICE"]
severity = "should"
order = 5
acts = ["contact"]
not_applicable = "reason"
authorities = [{ reference = "S003:192", quote = "inform police as appropriate" }]
blanks = [{ name = "leave_live", label = "May the comments be removed?" }]

[[steps]]
id = "P02-5"
title = "Report to CEOP"
text = "Only where a child is abused or groomed."
actor = "DSL"
recipients = ["CEOP"]
severity = "should"
order = 7
acts = ["contact"]
not_applicable = "rule"
rules = [{ when = ["T4=no"], reason = "Outside its remit: bullying" }]
authorities = [{ reference = "C1", note = "CEOP cannot respond to reports about bullying" }]

[[steps]]
id = "P02-6"
title = "Note what is visible of the origin"
text = "No contact, no logging in."
actor = "DSL"
recipients = []
severity = "should"
order = 8
acts = ["note"]
after = ["P02-4"]
not_applicable = "reason"
authorities = [{ reference = "S003:192", quote = "Endeavour to trace the origin" }]

[[steps]]
id = "P02-7"
title = "Notify the parents"
text = "Unless it would put her at risk."
actor = "DSL"
recipients = ["PARENT"]
severity = "should"
order = 9
acts = ["contact"]
not_applicable = "reason"
authorities = [{ reference = "S003:184", quote = "Notify parents of the learner involved" }]

[[steps]]
id = "P02-8"
title = "Close the incident"
text = "With outcome and control measure."
actor = "DSL"
recipients = []
severity = "must"
order = 10
acts = ["close"]
ticked_by = "closed"
not_applicable = "never"
authorities = [{ reference = "K3", note = "The outcome is recorded" }]
"""

STOP = """
id = "P03"
title = "Image of somebody under 18"
version = "1"
applies_when = "An image may show somebody under 18"
order = 10
attached_by = ["T2=yes", "T2=unsure"]
checked = "2026-11-20"

[[steps]]
id = "P03-1"
title = "Stop: do not view or copy it"
text = "Nobody looks at it again."
actor = "DSL"
recipients = []
severity = "stop"
order = 0
acts = ["record"]
not_applicable = "never"
authorities = [{ reference = "U1", quote = "Never view, copy, print, share, store or save" }]
blanks = [{ name = "seen_by", label = "Who has seen it, and how", long = true }]
"""


def small_procedures() -> Mapping[str, Procedure]:
    """Return the three by id; the real reader and its checks must accept them."""
    texts = (OPENING, COMMENTS, STOP)
    found = [parse_procedure(text, f"small {number}") for number, text in enumerate(texts)]
    return {procedure.id: procedure for procedure in found}
