### Phrases of the letter to customers.

lasted-in-all = In all, users were affected for { $length }.
what-happened = What happened?
the-timeline = The timeline
we-promise = This is what we are changing:
in-conclusion = In conclusion
we-know = You rely on us for your work, and on that day it had to wait for ours. This is the whole account: what failed, how long it took, and what we are changing.
status-page = The state of our services is always on our status page:
