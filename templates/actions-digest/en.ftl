### Phrases of the digest.

digest-title = Action items on { $day }
digest-overdue = { $count ->
    [0] Nothing is overdue.
    [one] { $count } item is overdue.
   *[other] { $count } items are overdue.
}
digest-soon = { $count ->
    [0] Nothing else is due by { $day }.
    [one] { $count } more is due by { $day }.
   *[other] { $count } more are due by { $day }.
}
digest-put-off = { $count ->
    [0] None of what is owed was put off.
    [one] { $count } was put off.
   *[other] { $count } were put off.
}
digest-done = { $count ->
    [0] Nothing was done after { $day }.
    [one] { $count } was done after { $day }.
   *[other] { $count } were done after { $day }.
}
digest-team = Team
no-team = no team
nobody = no owner
heading-overdue = Overdue
heading-soon = Due within 14 days
heading-put-off = Put off
heading-done = Done in the last week
was-due = due { $day }
now-due = now due { $day }
put-off-times = { $times ->
    [one] put off once
    [2] put off twice
   *[other] put off { $times } times
}
and-more = and { $count } more
