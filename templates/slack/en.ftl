### Phrases of the message for Slack.

more-actions = { $count ->
    [one] and { $count } more, in the postmortem
   *[other] and { $count } more, in the postmortem
}
status-page = Status page
