### Phrases of the postmortem.

severity = severity { $severity }

## At a glance

glance-began = Began
glance-ended = Ended
glance-lasted = Users affected for
glance-data = Data
began-not-known = on or near { $date }; the time is not known
began-unknown = not known
lasted-unknown = not known
apology = We are sorry for the trouble this caused.

## Who was affected

heading-affected = Who was affected
heading-unaffected = What kept working
heading-residual = What is still missing
residual-until = until { $date }
residual-accepted = Accepted by { $role }.
caused-by = Caused by a step of the response:
noticed = How it was noticed
users = Users
moment-first-signal = First signal
moment-acknowledged = Acknowledged
moment-verified = Recovery confirmed
moment-label-started = Began
moment-label-detected = Noticed
moment-label-mitigated = Partly restored
moment-label-recovered = Fully restored

## The numbers

heading-impacts = Impact, measured against the targets
column-service = Service
column-class = Class
column-target = Target
column-ttd = Time to detect
partly-after = partly restored: { $length }
column-ttr = Time to recover
column-verdict = Verdict
no-class = none
no-target = none
bars-label = Impact over time
bars-events-row = Events
zones-label = Times in
zones-incident = the incident's zone
zones-own = your zone
link-source = The record in the repository
link-history = Its history
heading-findings = What is still to be mended in this record
finding-waived = accepted: { $reason }

## The timeline

heading-timeline = Timeline
actor = by { $role }
internal-only = internal

## Causes

heading-causes = Why it happened
cause-unnamed = Cause

known-before = known before the incident
decision = What had been decided about it:

## The response

heading-steps = What we did, and what effect it had
took = Took { $length }.
hazard = Risk:
costs = Cost:

## What will change

heading-actions = What we are changing
column-action = Action
column-owner = Owner
column-priority = Priority
column-due = Due
column-state = State
no-due = no due date
no-owner = no owner
done-when = Done when:
reason = Why:
heading-lessons = What we learned

## What was said

heading-posts = What we told users
heading-sources = Sources
heading-same-cause = Incidents with the same cause

## What the numbers mean

heading-definitions = How the numbers are defined
definition-ttd = from the first moment users got less than normal service to the moment we knew that this service was affected.
definition-ttr = from the same first moment to full recovery for every affected user, delayed work included, around the clock.
definition-verdict = A target is met when the time to recover is no longer than the target. Partial recovery does not meet it.
definition-uncertain = Where a time is not known exactly, both ends are given, and the verdict holds for every time between them; where both verdicts are possible, we say that it cannot be judged.
definition-lasted = Time in which several services were affected at once is counted once in how long users were affected.
definition-target = recover within { $target } ({ $class })

## Where it comes from

