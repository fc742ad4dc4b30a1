### Phrases of runbooks. What is in doubt is said; a step is told by how often it did what.

title = Runbook: { $service }
alert-title = Alert: { $alert }
alert-lead = What to do when this alert fires, from what was tried before.
alert-full = The whole runbook: { $service }
class-target = { $class }, recover within { $target }
owner = Owner: { $team }
alerts = Alerts: { $alerts }
generated = { $incidents ->
    [0] No incident is recorded.
    [one] Made from { $incidents } incident.
   *[other] Made from { $incidents } incidents.
}
reviewed-never = Never reviewed by a person.
reviewed-on = Reviewed on { $date }.
reviewed-by = Reviewed on { $date } by { $role }.
version = Revision of this page: { $id }.

## Dangers

heading-dangers = Dangers
danger = DANGER
danger-title = DANGER: { $title }
danger-harmed = Harmed: { $services }, in { $incidents }.
danger-worse = Made things worse for: { $services }, in { $incidents }.
danger-may-harm = May harm: { $services }.
danger-marked = Marked as dangerous.
danger-foreign = A step for another service ({ $services }); it harms this one.
danger-ask = Find out first whether someone has just done this.
danger-done = If it has been done:
danger-no-way-back = How to undo it is not recorded.
danger-kept = Kept among the steps all the same, by decision:
danger-mark-missing = It is not marked as dangerous yet.
critical-service = { $service } ({ $class })

## First minutes

heading-first = First minutes
first-take = Say that you have it, and note the time.
first-read-dangers = { $dangers ->
    [one] Before you change anything, read the danger above.
   *[other] Before you change anything, read the { $dangers } dangers above.
}
first-target = Target of a { $class } service: recovered within { $target } of the start of the impact.
first-post = First post within { $first }.
first-post-then = First post within { $first }, then one every { $every }.
escalate = After { $length }, call { $role }.
escalate-at-once = Call { $role }.
escalate-none = Whom to call, and after how long, is not recorded.

## Symptoms

heading-own = From the team
heading-seen = How it has shown itself
seen-level = For users: { $level }.
seen-trigger = Set off by:
seen-signs = First signs:
seen-findings = Found on the way:
seen-noticed = Detection: { $how }.
seen-recovered = Time to recover: { $length }; target { $verdict }.
seen-open = Not over when the record was written.
seen-caused-by = Caused by a step of the response: { $step }.
seen-earlier = { $count ->
    [one] { $count } earlier incident is under evidence.
   *[other] { $count } earlier incidents are under evidence.
}
seen-none = No incident of this service is recorded.

## Look

heading-look = Look first: this changes nothing
look-none = No check that changes nothing is recorded.
runs-on = Runs on: { $unit }.
runs-on-with = Runs on: { $unit }. Also there: { $services }.
needs = Needs: { $services }.
needed-by = What stops with it: { $services }.

## Steps

heading-do-first = Do first
heading-may-help = May help
heading-not-recorded = Tried, result not recorded
heading-not-completed = Begun, never carried through
heading-without-effect = Tried without effect
heading-danger = The dangerous steps in full
order-note = The surest come first; what must be done before a step stands with the step.
tally-worked = worked { $count } of { $attempts }
tally-partly = helped in part { $count } of { $attempts }
tally-no-effect = no effect { $count } of { $attempts }
tally-worse = made things worse { $count } of { $attempts }
tally-failed = did not complete { $count } of { $attempts }
tally-unknown = result not recorded { $count } of { $attempts }
tried-worked = worked
tried-partly = helped in part
tried-no-effect = no effect
tried-worse = made things worse
tried-failed = did not complete
tried-unknown = result not recorded
success = Works in { $low } to { $high } of cases (95% interval of { $attempts } attempts).
took-once = Took { $length } where it helped.
took-range = Took { $range } where it helped.
took-several = Took { $length } where it helped (median of { $count }; { $range }).
effect-once = First effect after { $length }.
effect-range = First effect after { $range }.
effect-several = First effect after { $length } (median of { $count }; { $range }).
cost-once = Costs { $length } if it does not help.
cost-range = Costs { $range } if it does not help.
cost-several = Costs { $length } if it does not help (median of { $count }; { $range }).
range = { $from } to { $to }
range-open = { $from } or more
about = about { $length }
last-used = Last tried in the incident of { $date }.
target = On: { $target }.
target-shared = On: { $target }. Also there: { $services }.
preconditions = Must hold before:
fill-in = Fill in first: { $places }.
sign = Goes well when:
expected = Expected to take { $length }.
verify = Has worked when:
verify-within = Wait for up to { $length }.
otherwise-undo = Otherwise undo it, then take the next step.
otherwise-next = Otherwise take the next step.
otherwise-call = Otherwise take the next step; how to undo this one is not recorded.
rollback = To undo:
irreversible = It cannot be undone. { $role } has to approve it.
costs = What it cost:
caution = Caution:
hazard = Danger:
kept = Kept by decision, for all its danger:
attempts = Attempts
attempts-earlier = { $count ->
    [one] and { $count } earlier attempt
   *[other] and { $count } earlier attempts
}
attempt-number = Attempt { $number }
attempt-again = again
attempt-after = after { $length }
attempt-expected = expected: { $length }
attempt-for = for { $services }
attempt-with = With:
attempt-between = Done since the attempt before: { $steps }.

## Is it back?

heading-verify = Is it back for users?
verify-signals = Watched: { $signals }.
verify-unrecorded = What showed that it was back is not recorded. Look from the users' side, and write down what you looked at.

## Status posts

heading-posts = Ready to post
posts-note = Fill in what stands between ‹ and ›. Say only what is known.
post-label-investigating = Investigating
post-label-scope = Scope
post-label-identified = Identified
post-label-monitoring = Monitoring
post-label-resolved = Resolved
post-text-investigating = Some requests { $in } have been failing since ‹hh:mm, zone›: ‹what users notice›. We are looking into it. Next update by ‹hh:mm›.
post-text-scope = Who is affected: ‹who›. What still works: ‹what›. What you can do meanwhile: ‹what›. Next update by ‹hh:mm›.
post-text-identified = We know the cause: ‹in plain words›. We are ‹doing what›. Next update by ‹hh:mm›.
post-text-monitoring = The fix went in at ‹hh:mm, zone›, and requests { $in } are answered normally again. Waiting work is being processed. We keep watching until ‹hh:mm›.
post-text-resolved = Everything { $in } went back to normal at ‹hh:mm, zone›, after ‹length›. ‹No data was lost or altered. / What cannot be recovered: what.› We are sorry for the trouble this caused.

## What is not known

heading-unknown = What is not known
gap-no-incident = How this service fails: no incident of it is recorded.
gap-no-step = What brought it back: no step for it is recorded.
gap-none-worked = What works: no step is known to bring it back wholly.
gap-no-look = What to look at first: no check that changes nothing is recorded.
gap-no-confirmation = What shows, from the users' side, that it is back.
gap-no-outcome = What came of: { $steps }.
gap-no-verification = How to see that these worked: { $steps }.
gap-no-way-back = How to undo: { $steps }.
gap-cause = { $incident }:
unknown-none = Nothing that relato looks for is missing.

## Evidence and footer

heading-evidence = Evidence
whole-page = The whole page, with each attempt: { $command }
footer-generated = Written by relato from the incidents; what is changed here by hand is lost. Notes of the team belong in { $file }.
footer-not-run = Commands are only shown: relato never runs them.
