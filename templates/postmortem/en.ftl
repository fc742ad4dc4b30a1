### Phrases of the postmortem.

severity = severity { $severity }

## Who was affected

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
column-ttd = Time to detect
column-verdict = Verdict
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

actor = by { $role }
internal-only = internal

## Causes

known-before = known before the incident
decision = What had been decided about it:

## The response

heading-steps = What we did, and what effect it had
took = Took { $length }.
hazard = Risk:
costs = Cost:

## What will change

column-owner = Owner
column-priority = Priority
no-owner = no owner
done-when = Done when:
reason = Why:

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
so-far-only = { $status }. This is what is known so far, and it may change.
