### Phrases of the site's own pages.

root-choose = Read in English
home-title = Incidents
home-lead = What went wrong, how long it lasted, why, and what is being changed.
home-none = No incidents are recorded.
home-open-actions = { $open ->
    [0] No action items are open.
    [one] { $open } action item is open.
   *[other] { $open } action items are open.
}
home-overdue-actions = { $overdue ->
    [one] { $overdue } is late.
   *[other] { $overdue } are late.
}
column-date = Date
column-incident = Incident
column-services = Services
column-lasted = Lasted
column-verdict = Target
column-status = Status

actions-title = Action items
actions-lead-public = What we promised to change after an incident, by when, and how far along it is.
actions-lead-internal = What is owed after each incident: by whom, by when, and how late.
actions-none = No action items are recorded.
actions-open = Open
actions-rest = Done or cancelled
column-owner = Owner
column-priority = Priority
no-owner = no owner

rules-all = All rules

runbooks-title = Runbooks
runbooks-lead = What was tried before, what it did, and what not to do: one page for each service.
runbooks-none = No service has a runbook yet: no incident is recorded.
column-dangers = Dangers
column-first = Known to work
column-incidents = Incidents
first-none = no step yet
runbooks-alerts = By alert
