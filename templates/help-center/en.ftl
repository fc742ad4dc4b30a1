### Phrases of the help-center page.

dear = Dear customers,
purpose = This page explains what happened, why it took as long as it did, and what we are changing.
purpose-on = This page explains the incident of { $date }: what happened, why it took as long as it did, and what we are changing.
definition = Of a service that we class as { $class } we expect that it recovers within { $target }.
what-happened = What happened
impact-numbered = Impact { $number }
expected = Expected time to recover
it-took = Time it took to recover
