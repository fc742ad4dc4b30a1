### Phrases of the blog post for engineers.

tag-post-mortem = post-mortem
tag-failure = failure
what-happened = What happened?
how-respond = How did we respond?
consequences = Consequences
prevention = Prevention
