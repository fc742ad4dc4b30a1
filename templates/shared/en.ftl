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

## How it was noticed

noticed-by-monitor = a monitor noticed
noticed-by-customer = customers noticed
noticed-by-partner = a partner noticed
noticed-by-employee = a colleague noticed
noticed-by-audit = a later audit found out
noticed-by-provider = a provider told us
noticed-by-unknown = who noticed is not recorded
failure-loud = the failure was loud
failure-silent = the failure was silent
failure-unknown = how the failure showed itself is not recorded

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

## The frame of a page

skip = Skip to the content
nav-label = Site
nav-incidents = Incidents
nav-actions = Action items
nav-runbooks = Runbooks
languages-label = Languages
footer-rules = Measured by the rules of { $rules }.
footer-as-of = As of { $moment }.
footer-internal = Internal: not for publication.
in-language = in { $language }
