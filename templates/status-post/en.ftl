### Phrases of the page of an incident's posts.

report-for = Incident report for { $organisation }
post-not-recorded = The words of this post are not on record.
affected-services = This incident affected: { $services }.
