### Textos da publicação no blog de engenharia.

tag-post-mortem = post-mortem
tag-failure = falha
what-happened = O que aconteceu?
how-respond = Como respondemos?
consequences = Consequências
prevention = Prevenção
