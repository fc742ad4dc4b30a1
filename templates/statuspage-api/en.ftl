### Phrases of the requests for Statuspage.

words-unknown = The words of this post are not on record.
