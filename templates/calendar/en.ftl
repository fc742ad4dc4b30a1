### Phrases of the calendar.

calendar = Action items
calendar-of = { $organisation }: action items
due = Due: { $title }
entry-owner = Owner: { $value }
entry-team = Team: { $value }
entry-priority = Priority: { $value }
entry-blocked-by = Waits for: { $value }
