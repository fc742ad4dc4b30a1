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

data-intact = No data was lost or altered.
data-none-lost = No data was lost.
data-none-altered = No data was altered.
data-lost = Some data was lost.
data-altered = Some data was altered.
data-lost-and-altered = Some data was lost, and some was altered.
data-being-checked = We are still checking whether data was affected.
data-not-known = It is not known whether data was affected.

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

users-count = { $number } users
users-about = about { $number } users
users-many = many users
users-unknown = how many is not known
users-share = { $percent } of all users
personal-none = No personal data was involved.
personal-some = Personal data was involved.
personal-unknown = It is not known whether personal data was involved.

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
note-self-recovered = It recovered before anyone knew.
note-ended-by-residual = The time to recover ends where what is still missing was accepted.
note-segments = It stopped and came back, in { $count } parts.
note-lead = It was noticed { $length } before users were affected.
bars-label = Impact over time
bars-mark = The upright mark is the target.
bars-hatched = Hatched: users may or may not have been affected.
bars-scale = Each division of the axis is { $length }.
bars-length-only = It is not known when these impacts began: the bars show how long they lasted, side by side.
bars-length-only-some = An outlined bar shows a length alone: when that impact began is not known.

## The timeline

heading-timeline = Timeline
time-not-known = time not known
some-time-that-day = during the day
# $the is the clock with its article, where the language has one
about-clock = about { $the } (± { $margin })
clock-range = { $from } – { $to }
until = until { $moment }
moment-started = { $services }: users start to be affected
moment-detected = { $services }: we learn of the problem
moment-mitigated = { $services }: partly restored
moment-recovered = { $services }: fully restored
actor = by { $role }
internal-only = internal

event-background = before
event-trigger = trigger
event-signal = signal
event-detection = detection
event-escalation = escalation
event-decision = decision
event-step = response
event-operation = operation
event-finding = finding
event-recovery = recovery
event-verification = check
event-comms = message
event-note = note

## Causes

heading-causes = Why it happened
cause-root = Root cause
cause-trigger = What set it off
cause-contributing = What made it more likely or worse
cause-latent = What was already there before
cause-detection = Why we noticed late
cause-response = What made the response longer or worse
cause-unnamed = Cause

confidence-confirmed = confirmed
confidence-likely = likely, not confirmed
confidence-hypothesis = hypothesis, not confirmed
confidence-unknown = not established

category-change = change
category-operation = ordinary operation
category-capacity-limit = limit reached
category-coupling = coupling
category-single-point-of-failure = single point of failure
category-dependency = dependency
category-config = configuration
category-software-defect = software defect
category-data = data
category-process = way of working
category-external = another organisation
category-human = human action
category-unknown = kind not known

known-before = known before the incident
decision = What had been decided about it:

monitoring-fired = the alert fired and was heeded
monitoring-ignored = the alert fired and was not heeded
monitoring-silent = monitoring stayed silent
monitoring-absent = nothing was monitored
monitoring-unknown = what monitoring showed is not recorded

## The response

heading-steps = What we did, and what effect it had
outcome-worked = It worked.
outcome-partly = It worked in part.
outcome-no-effect = It had no effect.
outcome-worse = It made things worse.
outcome-failed = It did not complete.
outcome-unknown = Its effect is not known.
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
post-investigating = investigating
post-identified = cause known
post-update = update
post-monitoring = fix in place
post-resolved = resolved
post-postmortem = postmortem
post-scheduled = maintenance announced
post-in-progress = maintenance under way
post-completed = maintenance over
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

stamp-commit = Written from commit { $id } of the incident record.
stamp-content = Written from an incident record not yet committed (content { $id }).
