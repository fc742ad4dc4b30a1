### Textos da árvore que clientes de uma página de status leem, e de seus feeds.

all-operational = Todos os sistemas operacionais
partly-degraded = Serviço com degradação parcial
partial-outage = Indisponibilidade parcial
major-outage = Indisponibilidade geral
under-maintenance = Serviço em manutenção
words-unknown = As palavras desta publicação não foram registradas.
feed-title = { $organisation }: histórico de incidentes
feed-title-alone = Histórico de incidentes
