### Words that every document and page shares: the vocabularies of an incident, moments, and the frame of a page.

## What it is, and how far along it is

kind-incident = Incident
kind-near-miss = Near miss
kind-maintenance = Maintenance

status-open = Being worked on
status-monitoring = Being watched
status-resolved = Resolved
status-reviewed = Resolved and reviewed
status-closed = Closed

## What users noticed

level-down = unavailable
level-degraded = degraded
level-delayed = delayed
level-wrong-results = wrong results
level-data-loss = data lost
level-exposure = data exposed

effect-up = back to normal
effect-down = unavailable
effect-degraded = degraded
effect-delayed = delayed

service-without-name = Affected service
service-without-name-numbered = Affected service { $number }

## Against the target

verdict-met = met
verdict-breached = missed
verdict-indeterminate = cannot be judged
verdict-running = still running
verdict-not-judged = not judged

times-the-target = { $times } the target
at-least-times-the-target = at least { $times } the target
because-start-unknown = its start is not known
because-end-unknown = its end is not known
because-either = the times known allow both verdicts
because-level = this class does not count impacts of this kind
because-near-miss = no user was affected
because-maintenance = inside the announced window
because-class = the service has no class

## Action items

state-proposed = proposed
state-accepted = accepted
state-in-progress = in progress
state-blocked = blocked
state-done = done
state-verified = done, and shown to work
state-cancelled = cancelled
state-wont-do = will not be done

days-late = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}

## Moments and lengths. $date, $moment and $length come as the language writes them.

on-day = { $date }, time of day not recorded
about-moment = about { $moment }, give or take { $margin }
clock-on-day = { $day }, { $clock }
so-far = { $length } so far
not-over = not over yet
not-fully-recovered = not fully recovered when this was written
end-not-known = not fully recorded
not-recorded = not recorded

## What happened to data

data-intact = No data was lost or altered.
data-none-lost = No data was lost.
data-none-altered = No data was altered.
data-lost = Some data was lost.
data-altered = Some data was altered.
data-lost-and-altered = Some data was lost, and some was altered.
data-being-checked = We are still checking whether data was affected.
data-not-known = It is not known whether data was affected.

## What else must be known of an impact

users-count = { $number } users
users-about = about { $number } users
users-many = many users
users-unknown = how many is not known
users-share = { $percent } of all users
personal-none = No personal data was involved.
personal-some = Personal data was involved.
personal-unknown = It is not known whether personal data was involved.
note-self-recovered = It recovered before anyone knew.
note-ended-by-residual = The time to recover ends where what is still missing was accepted.
note-segments = It stopped and came back, in { $count } parts.
note-lead = It was noticed { $length } before users were affected.
noticed-by-monitor = a monitor noticed
noticed-by-customer = customers noticed
noticed-by-partner = a partner noticed
noticed-by-employee = a colleague noticed
noticed-by-audit = a later audit found out
noticed-by-provider = a provider told us
noticed-by-unknown = who noticed is not recorded
monitoring-fired = the alert fired and was heeded
monitoring-ignored = the alert fired and was not heeded
monitoring-silent = monitoring stayed silent
monitoring-absent = nothing was monitored
monitoring-unknown = what monitoring showed is not recorded
failure-loud = the failure was loud
failure-silent = the failure was silent
failure-unknown = how the failure showed itself is not recorded

## Impacts drawn as bars

bars-mark = The upright mark is the target.
bars-events = Dots are events; the timeline below tells them.
bars-events-label = { $count ->
    [one] { $count } event on the same axis; the timeline tells it
   *[other] { $count } events on the same axis; the timeline tells them
}
bars-outside = { $count ->
    [one] { $count } event lies too far off to be drawn.
   *[other] { $count } events lie too far off to be drawn.
}
bars-hatched = Hatched: users may or may not have been affected.
bars-scale = Each division of the axis is { $length }.
bars-length-only = It is not known when these impacts began: the bars show how long they lasted, side by side.
bars-length-only-some = An outlined bar shows a length alone: when that impact began is not known.

## The timeline

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

## The response, and causes

cause-root = Root cause
cause-trigger = What set it off
cause-contributing = What made it more likely or worse
cause-latent = What was already there before
cause-detection = Why we noticed late
cause-response = What made the response longer or worse
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
outcome-worked = It worked.
outcome-partly = It worked in part.
outcome-no-effect = It had no effect.
outcome-worse = It made things worse.
outcome-failed = It did not complete.
outcome-unknown = Its effect is not known.

## States of posts

post-investigating = investigating
post-identified = cause known
post-update = update
post-monitoring = fix in place
post-resolved = resolved
post-postmortem = postmortem
post-scheduled = maintenance announced
post-in-progress = maintenance under way
post-completed = maintenance over

## What a post is called

page-investigating = Investigating
page-identified = Identified
page-update = Update
page-monitoring = Monitoring
page-resolved = Resolved
page-postmortem = Postmortem
page-scheduled = Scheduled
page-in-progress = In progress
page-completed = Completed

posted = Posted { $moment }
posted-about = Posted: { $moment }

## Services in a sentence: with an article, and inside, by the gender of their name where the language has one.

service-the = { $name }
service-the-f = { $name }
service-the-m = { $name }
service-the-fp = { $name }
service-the-mp = { $name }
service-in = in { $name }
service-in-f = in { $name }
service-in-m = in { $name }
service-in-fp = in { $name }
service-in-mp = in { $name }

## Posts. $services comes with its articles, $count tells how many there are. $at is "at 13:10", $the "13:10" with its
## article where the language has one. $symptom, $cause, $fix are clauses, as the file writes them.

# a clock in its zone and in UTC
clock-both = { $clock } ({ $zone }; { $utc })

symptom-now-down = { $count ->
    [one] { $services } is unavailable
   *[other] { $services } are unavailable
}
symptom-now-degraded = { $count ->
    [one] { $services } is slow or partly failing
   *[other] { $services } are slow or partly failing
}
symptom-now-delayed = { $count ->
    [one] { $services } is running late
   *[other] { $services } are running late
}
symptom-now-wrong-results = { $count ->
    [one] { $services } is giving wrong results
   *[other] { $services } are giving wrong results
}
symptom-since-down = { $count ->
    [one] { $services } has been unavailable
   *[other] { $services } have been unavailable
}
symptom-since-degraded = { $count ->
    [one] { $services } has been slow or partly failing
   *[other] { $services } have been slow or partly failing
}
symptom-since-delayed = { $count ->
    [one] { $services } has been running late
   *[other] { $services } have been running late
}
symptom-since-wrong-results = { $count ->
    [one] { $services } has been giving wrong results
   *[other] { $services } have been giving wrong results
}

say-since = Since { $the }, { $symptom }. We are looking into it.
say-symptom = { $symptom }. We are finding out since when and for whom.
say-failing = Some requests { $services } are failing. We are finding out since when and for whom.
say-reopened = The problem came back { $at }. Our notice that it was solved was wrong. We are on it again.
say-scope = Who is affected: { $scope }.
say-unaffected = { $count ->
    [one] { $services } keeps working.
   *[other] { $services } keep working.
}
say-workaround = What you can do meanwhile: { $workaround }.
say-cause = We know the cause: { $cause }.
say-fix = We are { $fix }.
say-no-news = The problem continues and its effect has not changed. We are { $fix }.
say-partly = { $count ->
    [one] { $services } partly recovered { $at }.
   *[other] { $services } partly recovered { $at }.
}
say-remaining = Still affected: { $remaining }.
say-eta = We expect to be done by { $the }: { $basis }.
say-fixed = { $count ->
    [one] The fix went in { $at }, and { $services } is answering normally.
   *[other] The fix went in { $at }, and { $services } are answering normally.
}
say-backlog = Waiting work is being processed.
say-watch = We keep watching until { $the }.
say-recovered = { $count ->
    [one] { $services } went back to normal { $at }.
   *[other] { $services } went back to normal { $at }.
}
say-recovered-after = { $count ->
    [one] { $services } went back to normal { $at }, after { $length }.
   *[other] { $services } went back to normal { $at }, after { $length }.
}
say-recovered-took = { $count ->
    [one] { $services } went back to normal { $at }; it took { $length }.
   *[other] { $services } went back to normal { $at }; it took { $length }.
}
say-residual = Not everything is back: { $residual }.
say-apology = We are sorry for the trouble this caused.
say-postmortem-by = We will publish what we learned by { $date }.
say-scheduled = { $count ->
    [one] { $window }, { $services } will be unavailable.
   *[other] { $window }, { $services } will be unavailable.
}
say-reason = Reason: { $reason }.
say-nothing-to-do = You do not need to do anything.
say-under-way = Planned maintenance is under way. It should end by { $the }.
say-overrun = The maintenance planned to end { $at } is taking longer. We treat it as an incident from now on.
say-maintained = { $count ->
    [one] Planned maintenance is over. { $services } is answering normally.
   *[other] Planned maintenance is over. { $services } are answering normally.
}
say-next = Next update by { $the }.

## Where it comes from

stamp-commit = Written from commit { $id } of the incident record.
stamp-content = Written from an incident record not yet committed (content { $id }).

## Parts of a document

glance-began = Began
glance-ended = Ended
glance-lasted = Users affected for
glance-data = Data
began-not-known = on or near { $date }; the time is not known
began-unknown = not known
lasted-unknown = not known
apology = We are sorry for the trouble this caused.
heading-affected = Who was affected
heading-unaffected = What kept working
heading-residual = What is still missing
residual-until = until { $date }
column-service = Service
column-class = Class
column-target = Target
partly-after = partly restored: { $length }
impact-target = target: { $length }
impact-ttr = time to recover: { $length }
column-ttr = Time to recover
no-class = none
no-target = none
heading-timeline = Timeline
heading-causes = Why it happened
cause-unnamed = Cause
heading-actions = What we are changing
column-action = Action
column-due = Due
column-state = State
due-on = due { $date }
no-due = no due date
heading-lessons = What we learned

## The same incident in other forms

forms-label = This incident in other forms
form-postmortem = This page
form-status-post = Posts of the status page
form-blog-post = Letter to customers
form-help-center = Help-center page
form-jekyll-post = Blog post
form-cstate = cState issue
form-source = Markdown

## The frame of a page

skip = Skip to the content
nav-label = Site
nav-incidents = Incidents
nav-actions = Action items
nav-services = Services
nav-statistics = Statistics
nav-rules = Rules
nav-search = Search
nav-runbooks = Runbooks
languages-label = Languages
footer-rules = Measured by the rules of { $rules }.
footer-as-of = As of { $moment }.
footer-internal = Internal: not for publication.
in-language = in { $language }
