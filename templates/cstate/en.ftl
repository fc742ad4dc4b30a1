### Phrases of cState's issue file.

post-unknown = (the words of this post are not on record)
loses-level = { $service }: cState has no word for “{ $level }”; its issue says `disrupted` or `down` for all
loses-parts = { $service }: it stopped { $count } times, and cState's issue has one beginning and one end
loses-windows = { $count ->
    [one] { $count } impact has its own beginning and end
   *[other] { $count } impacts have their own beginning and end
}, and cState's issue has one of each for all
loses-uncertainty = the beginning is told as a single moment, though it is known only as: { $moment }
