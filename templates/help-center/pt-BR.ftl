### Textos da página da central de ajuda.

dear = Prezados clientes,
purpose = Esta página explica o que aconteceu, por que demorou e o que estamos mudando.
purpose-on = Esta página explica o incidente de { $date }: o que aconteceu, por que demorou e o que estamos mudando.
definition = De um serviço que classificamos como { $class } esperamos que se recupere em até { $target }.
what-happened = O que aconteceu
impact-numbered = Impacto { $number }
expected = Tempo esperado de recuperação
it-took = Tempo que levou para se recuperar
