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
home-proposed-actions = { $proposed ->
    [one] { $proposed } is proposed, not yet accepted.
   *[other] { $proposed } are proposed, not yet accepted.
}
home-overdue-actions = { $overdue ->
    [one] { $overdue } is late.
   *[other] { $overdue } are late.
}
home-now = Open now
home-calm = Nothing is open: no incident is being worked on or watched.
home-targets = Targets for recovery
home-next = Due next
home-no-due = None of them has a due date.
home-latest = Latest incidents
home-more-statistics = All statistics
home-all-actions = All action items
home-all-incidents = { $count ->
    [one] { $count } incident in all
   *[other] All { $count } incidents
}

incidents-title = All incidents

column-date = Date
column-incident = Incident
column-services = Services
column-lasted = Lasted
column-verdict = Target
column-status = Status

actions-title = Action items
actions-lead-public = What we promised to change after an incident, by when, and how far along it is.
actions-lead-internal = What is owed after each incident: by whom, by when, and how late.
action-source = in the file
actions-none = No action items are recorded.
column-owner = Owner
column-priority = Priority
no-owner = no owner

rules-all = All rules

column-team = Team
filter-state = State
filter-any = any
filter-open = open
filter-overdue = late
filter-text = Words
filter-reset = Clear
board-shown = { $shown } of { $count } action items
board-loading = Reading all action items …
board-more = Show more

services-title = Services
services-lead = What we run for users: how often each service was hit, and how often it recovered in time.
services-none = No service is recorded.
services-all = All services
service-latest = latest on { $date }
service-runbook = Runbook of this service
service-years = Targets over the years
service-none = No incident is recorded for this service.
column-incidents = Incidents
column-impacts = Impacts
column-latest = Latest
column-met = Recovered in time
column-missed = Target missed
column-other = Not judged
column-level = What users noticed
column-recovered = Time to recover
column-at-least = At least so long
column-year = Year
column-quarter = Quarter

share-of = { $count } of { $of }
share-met = recovered in time
share-none = nothing to judge yet
share-few = Too few for a percentage.
share-drawn = { $class }: { $percent } recovered in time, { $interval }
interval = 95% interval { $low } to { $high }
interval-few = too few for an interval
interval-lengths = 95% interval: { $interval }
class-unknown = class not known
class-target = recover within { $target }
class-indeterminate = { $count ->
    [one] { $count } more cannot be judged: its times are not known well enough.
   *[other] { $count } more cannot be judged: their times are not known well enough.
}
class-running = { $count ->
    [one] { $count } is still running, within its target so far.
   *[other] { $count } are still running, within their target so far.
}
class-not-judged = { $count ->
    [one] { $count } does not count: its kind runs no clock.
   *[other] { $count } do not count: their kind runs no clock.
}

statistics-title = Statistics
statistics-lead = How often we recovered in time, how long it took, and how sure these figures are.
statistics-near-misses = Near misses
statistics-total = Users affected for, in all
statistics-met = Recovered in time
statistics-expected = 95% interval of the expected number: { $interval }
statistics-by-customers = Noticed first by customers
statistics-ttr-median = Time to recover, median
statistics-ttr-p75 = Time to recover, three in four
statistics-ttd-median = Time to detect, median
statistics-breached = { $count ->
    [one] { $count } impact that missed its target
   *[other] { $count } impacts that missed their target
}
statistics-more = { $count ->
    [one] { $count } more in the list of incidents
   *[other] { $count } more in the list of incidents
}
statistics-trends = By quarter
statistics-years = By year
quarter = Q{ $quarter } { $year }
trend-few = Fewer than ten incidents: too few to speak of a trend.
trend-none = No evidence that recovery takes more or less time than it used to ({ $count } incidents).
trend-rise = There is evidence that recovery takes longer than it used to ({ $count } incidents).
trend-fall = There is evidence that recovery takes less time than it used to ({ $count } incidents).
trend-caption = Median time to recover in each of the latest quarters, on a logarithmic axis; the bars are 95% intervals, a ring is of too few for one, and the dashed line is the target.
trend-drawn = Median time to recover by quarter, { $class }: { $medians }
trend-how = We speak of a trend only from ten incidents on, and only where the test of Mann and Kendall over all of them says so; a single quarter proves nothing.
statistics-how = How to read these figures
statistics-how-intervals = With few incidents, chance alone moves every figure: the interval says how far.
statistics-how-median = Half of the impacts recovered faster than the median. We give no mean, since one long incident moves it at will.
statistics-how-few = Below five cases we give no percentage.
year-unknown = no date
histogram-caption = Time to recover of each impact, on a logarithmic axis.
histogram-target = The dashed line is the target.
histogram-unsure = Outlined: at least so long.
histogram-unplaced = { $count ->
    [one] { $count } more is not drawn: it is not even known to have lasted a minute.
   *[other] { $count } more are not drawn: they are not even known to have lasted a minute.
}
bin-unknown = not known
histogram-drawn = Time to recover, { $class }: { $bins }
chart-table = The figures as a table
bin-up-to = up to { $to }
bin-between = { $from } to { $to }
bin-over = over { $from }

pager-label = Pages
pager-page = Page { $number }
pager-previous = Previous
pager-next = Next
pager-rows = { $from } to { $to } of { $count }

search-title = Search
search-lead = Words of incidents and services, in either language. The beginning of a word is enough.
search-label = Words to look for
search-off = The search needs scripts. Without them, the lists of incidents and services hold everything that it would find.
search-found = { $count } found
search-nothing = Nothing holds all of these words.
search-more = Show more
search-short = Two letters are the least.
found-in = Found in:
found-service = Service
found-runbook = Runbook
found-alert = Alert
found-rule = Rule
place-title = title
place-services = services
place-summary = summary
place-affected = who was affected
place-timeline = timeline
place-causes = why it happened
place-actions = action items
place-lessons = what was learned
place-text = text

runbooks-title = Runbooks
runbooks-lead = What was tried before, what it did, and what not to do: one page for each service.
runbooks-none = No service has a runbook yet: no incident is recorded.
column-dangers = Dangers
column-first = Known to work
first-none = no step yet
runbooks-alerts = By alert
