### Phrases of the tree that clients of a status page read, and of its feeds.

all-operational = All Systems Operational
partly-degraded = Partially Degraded Service
partial-outage = Partial System Outage
major-outage = Major System Outage
under-maintenance = Service Under Maintenance
words-unknown = The words of this post are not on record.
feed-title = { $organisation }: incident history
feed-title-alone = Incident history
