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
home-overdue-actions = { $overdue ->
    [one] { $overdue } em atraso.
   *[other] { $overdue } em atraso.
}
column-date = Data
column-incident = Incidente
column-services = Serviços
column-lasted = Duração
column-verdict = Meta
column-status = Situação

actions-title = Itens de ação
actions-lead-public = O que prometemos mudar depois de um incidente, até quando e em que pé está.
actions-lead-internal = O que está pendente depois de cada incidente: com quem, até quando e com quanto atraso.
actions-none = Não há itens de ação registrados.
actions-open = Em aberto
actions-rest = Concluídos ou cancelados
column-owner = Responsável
column-priority = Prioridade
no-owner = sem responsável

rules-all = Todas as regras

runbooks-title = Runbooks
runbooks-lead = O que já foi tentado, o que aconteceu e o que não fazer: uma página para cada serviço.
runbooks-none = Nenhum serviço tem runbook ainda: não há incidentes registrados.
column-dangers = Perigos
column-first = O que funciona
column-incidents = Incidentes
first-none = nenhum passo ainda
runbooks-alerts = Por alerta
