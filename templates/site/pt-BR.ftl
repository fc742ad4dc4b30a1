### Frases das páginas do próprio site.

root-choose = Ler em português
home-title = Incidentes
home-lead = O que deu errado, quanto durou, por que aconteceu e o que está mudando.
home-none = Não há incidentes registrados.
home-open-actions = { $open ->
    [0] Não há itens de ação em aberto.
    [one] { $open } item de ação em aberto.
   *[other] { $open } itens de ação em aberto.
}
home-proposed-actions = { $proposed ->
    [one] { $proposed } proposto, ainda não aceito.
   *[other] { $proposed } propostos, ainda não aceitos.
}
home-overdue-actions = { $overdue ->
    [one] { $overdue } em atraso.
   *[other] { $overdue } em atraso.
}
home-now = Em aberto agora
home-calm = Nada em aberto: nenhum incidente em atendimento nem em observação.
home-targets = Metas de recuperação
home-next = Próximos prazos
home-no-due = Nenhum deles tem prazo.
home-latest = Incidentes mais recentes
home-more-statistics = Todas as estatísticas
home-all-actions = Todos os itens de ação
home-all-incidents = { $count ->
    [one] { $count } incidente ao todo
   *[other] Os { $count } incidentes
}

incidents-title = Todos os incidentes

column-date = Data
column-incident = Incidente
column-services = Serviços
column-lasted = Duração
column-verdict = Meta
column-status = Situação

actions-title = Itens de ação
actions-lead-public = O que prometemos mudar depois de um incidente, até quando e em que pé está.
actions-lead-internal = O que está pendente depois de cada incidente: com quem, até quando e com quanto atraso.
action-source = no arquivo
actions-none = Não há itens de ação registrados.
column-owner = Responsável
column-priority = Prioridade
no-owner = sem responsável

rules-all = Todas as regras

column-team = Equipe
filter-state = Situação
filter-any = qualquer
filter-open = em aberto
filter-overdue = em atraso
filter-text = Palavras
filter-reset = Limpar
board-shown = { $shown } de { $count } itens de ação
board-loading = Lendo todos os itens de ação …
board-more = Mostrar mais

services-title = Serviços
services-lead = O que mantemos no ar: quantas vezes cada serviço foi afetado e quantas vezes se recuperou a tempo.
services-none = Não há serviços registrados.
services-all = Todos os serviços
service-latest = o último em { $date }
service-runbook = Runbook deste serviço
service-years = Metas ao longo dos anos
service-none = Não há incidentes registrados para este serviço.
column-incidents = Incidentes
column-impacts = Impactos
column-latest = Último
column-met = Recuperados a tempo
column-missed = Meta não cumprida
column-other = Sem avaliação
column-level = O que se percebeu
column-recovered = Tempo até a recuperação
column-at-least = Pelo menos
column-year = Ano
column-quarter = Trimestre

share-of = { $count } de { $of }
share-met = recuperados a tempo
share-none = nada a avaliar ainda
share-few = Poucos casos para uma porcentagem.
share-drawn = { $class }: { $percent } recuperados a tempo, { $interval }
interval = intervalo de 95% de { $low } a { $high }
interval-few = poucos casos para um intervalo
interval-lengths = intervalo de 95%: { $interval }
class-unknown = classe desconhecida
class-target = recuperar em até { $target }
class-indeterminate = { $count ->
    [one] Mais { $count } não pode ser avaliado: os horários não são conhecidos com exatidão.
   *[other] Mais { $count } não podem ser avaliados: os horários não são conhecidos com exatidão.
}
class-running = { $count ->
    [one] { $count } em curso, ainda dentro da meta.
   *[other] { $count } em curso, ainda dentro da meta.
}
class-not-judged = { $count ->
    [one] { $count } não entra na conta: esse tipo de impacto não aciona o relógio.
   *[other] { $count } não entram na conta: esses tipos de impacto não acionam o relógio.
}

statistics-title = Estatísticas
statistics-lead = Com que frequência nos recuperamos a tempo, quanto demorou e quão seguros são esses números.
statistics-near-misses = Quase incidentes
statistics-total = Duração total do impacto
statistics-met = Recuperados a tempo
statistics-expected = intervalo de 95% do número esperado: { $interval }
statistics-by-customers = Percebidos primeiro por clientes
statistics-ttr-median = Tempo até a recuperação, mediana
statistics-ttr-p75 = Tempo até a recuperação, três em cada quatro
statistics-ttd-median = Tempo até a detecção, mediana
statistics-breached = { $count ->
    [one] { $count } impacto que não cumpriu a meta
   *[other] { $count } impactos que não cumpriram a meta
}
statistics-more = { $count ->
    [one] mais { $count } na lista de incidentes
   *[other] mais { $count } na lista de incidentes
}
statistics-trends = Por trimestre
statistics-years = Por ano
quarter = { $quarter }º tri. { $year }
trend-few = Menos de dez incidentes: poucos para falar em tendência.
trend-none = Não há indício de que a recuperação demore mais nem menos do que antes ({ $count } incidentes).
trend-rise = Há indício de que a recuperação demora mais do que antes ({ $count } incidentes).
trend-fall = Há indício de que a recuperação demora menos do que antes ({ $count } incidentes).
trend-caption = Mediana do tempo até a recuperação em cada um dos últimos trimestres, em eixo logarítmico; as barras são intervalos de 95%, um círculo vazado indica casos de menos para um intervalo, e a linha tracejada é a meta.
trend-drawn = Mediana do tempo até a recuperação por trimestre, { $class }: { $medians }
trend-how = Só falamos em tendência a partir de dez incidentes, e só quando o teste de Mann e Kendall sobre todos eles a indica; um trimestre sozinho não prova nada.
statistics-how = Como ler estes números
statistics-how-intervals = Com poucos incidentes, o acaso sozinho mexe em qualquer número: o intervalo diz quanto.
statistics-how-median = Metade dos impactos se recuperou mais rápido que a mediana. Não damos a média, que um só incidente longo desloca à vontade.
statistics-how-few = Com menos de cinco casos não damos porcentagem.
year-unknown = sem data
histogram-caption = Tempo até a recuperação de cada impacto, em eixo logarítmico.
histogram-target = A linha tracejada é a meta.
histogram-unsure = Só com contorno: durou pelo menos isso.
histogram-unplaced = { $count ->
    [one] Mais { $count } não aparece: nem se sabe se durou um minuto.
   *[other] Mais { $count } não aparecem: nem se sabe se duraram um minuto.
}
bin-unknown = não se sabe
histogram-drawn = Tempo até a recuperação, { $class }: { $bins }
chart-table = Os números em tabela
bin-up-to = até { $to }
bin-between = de { $from } a { $to }
bin-over = mais de { $from }

pager-label = Páginas
pager-page = Página { $number }
pager-previous = Anterior
pager-next = Próxima
pager-rows = { $from } a { $to } de { $count }

search-title = Busca
search-lead = Palavras de incidentes e serviços, em qualquer um dos idiomas. Basta o começo da palavra.
search-label = Palavras a buscar
search-off = A busca precisa de scripts. Sem eles, as listas de incidentes e de serviços têm tudo o que ela encontraria.
search-found = { $count } encontrados
search-nothing = Nada contém todas essas palavras.
search-more = Mostrar mais
search-short = São necessárias pelo menos duas letras.
found-in = Encontrado em:
found-service = Serviço
found-runbook = Runbook
found-alert = Alerta
found-rule = Regra
place-title = título
place-services = serviços
place-summary = resumo
place-affected = quem foi afetado
place-timeline = linha do tempo
place-causes = por que aconteceu
place-actions = itens de ação
place-lessons = o que aprendemos
place-text = texto

runbooks-title = Runbooks
runbooks-lead = O que já foi tentado, o que aconteceu e o que não fazer: uma página para cada serviço.
runbooks-none = Nenhum serviço tem runbook ainda: não há incidentes registrados.
column-dangers = Perigos
column-first = O que funciona
first-none = nenhum passo ainda
runbooks-alerts = Por alerta
