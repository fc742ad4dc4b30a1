### Textos da carta aos clientes.

lasted-in-all = Tempo total em que os usuários foram afetados: { $length }.
what-happened = O que aconteceu?
the-timeline = A linha do tempo
we-promise = É isto que estamos mudando:
in-conclusion = Para concluir
we-know = Você conta conosco para trabalhar, e naquele dia o seu trabalho teve de esperar pelo nosso. Este é o relato completo: o que falhou, quanto tempo levou e o que estamos mudando.
status-page = A situação dos nossos serviços está sempre na nossa página de status:
