### Palavras comuns a todos os documentos e páginas: os vocabulários de um incidente, momentos e a moldura de uma página.

## O que é e em que pé está

kind-incident = Incidente
kind-near-miss = Quase incidente
kind-maintenance = Manutenção

status-open = Em atendimento
status-monitoring = Em observação
status-resolved = Resolvido
status-reviewed = Resolvido e revisado
status-closed = Encerrado

## O que os usuários perceberam

level-down = indisponível
level-degraded = com degradação
level-delayed = com atraso
level-wrong-results = resultados incorretos
level-data-loss = perda de dados
level-exposure = exposição de dados

effect-up = de volta ao normal
effect-down = indisponível
effect-degraded = com degradação
effect-delayed = com atraso

service-without-name = Serviço afetado
service-without-name-numbered = Serviço afetado { $number }

## Em relação à meta

verdict-met = cumprida
verdict-breached = não cumprida
verdict-indeterminate = não é possível avaliar
verdict-running = em curso
verdict-not-judged = não avaliada

times-the-target = { $times } a meta
at-least-times-the-target = pelo menos { $times } a meta
because-start-unknown = não se sabe quando começou
because-end-unknown = não se sabe quando terminou
because-either = os horários conhecidos permitem os dois resultados
because-level = esta classe não conta esse tipo de impacto
because-near-miss = nenhum usuário foi afetado
because-maintenance = dentro da janela anunciada
because-class = o serviço não tem classe

## Itens de ação

state-proposed = proposta
state-accepted = aceita
state-in-progress = em andamento
state-blocked = bloqueada
state-done = concluída
state-verified = concluída, com efeito comprovado
state-cancelled = cancelada
state-wont-do = não será feita

days-late = { $days ->
    [one] { $days } dia de atraso
   *[other] { $days } dias de atraso
}

## Momentos e durações. $date, $moment e $length já vêm como o idioma os escreve.

on-day = { $date }, sem horário registrado
about-moment = por volta de { $moment }, com margem de { $margin }
clock-on-day = { $day }, { $clock }
so-far = { $length } até agora
not-over = ainda não terminou
not-fully-recovered = recuperação ainda incompleta quando este texto foi escrito
end-not-known = registro incompleto
not-recorded = não registrado

## O que houve com os dados

data-intact = Nenhum dado foi perdido nem alterado.
data-none-lost = Nenhum dado foi perdido.
data-none-altered = Nenhum dado foi alterado.
data-lost = Houve perda de dados.
data-altered = Houve alteração de dados.
data-lost-and-altered = Houve perda e alteração de dados.
data-being-checked = Ainda estamos verificando se algum dado foi afetado.
data-not-known = Não se sabe se algum dado foi afetado.

## O que mais é preciso saber de um impacto

users-count = { $number } usuários
users-about = cerca de { $number } usuários
users-many = muitos usuários
users-unknown = não se sabe quantos
users-share = { $percent } dos usuários
personal-none = Não houve dados pessoais envolvidos.
personal-some = Houve dados pessoais envolvidos.
personal-unknown = Não se sabe se houve dados pessoais envolvidos.
note-self-recovered = Recuperou-se antes que alguém soubesse.
note-ended-by-residual = O tempo até a recuperação termina quando o que ainda falta foi aceito.
note-segments = O impacto parou e voltou, em { $count } partes.
note-lead = Foi percebido { $length } antes de afetar usuários.
noticed-by-monitor = percebido pelo monitoramento
noticed-by-customer = percebido por clientes
noticed-by-partner = percebido por um parceiro
noticed-by-employee = percebido por um colega
noticed-by-audit = descoberto em auditoria posterior
noticed-by-provider = percebido por um fornecedor, que nos avisou
noticed-by-unknown = não há registro de quem percebeu
monitoring-fired = o alerta disparou e foi atendido
monitoring-ignored = o alerta disparou e não foi atendido
monitoring-silent = o monitoramento não acusou nada
monitoring-absent = não havia monitoramento
monitoring-unknown = não há registro do que o monitoramento mostrou
failure-loud = a falha foi visível
failure-silent = a falha foi silenciosa
failure-unknown = não há registro de como a falha se manifestou

## Os impactos desenhados como barras

bars-mark = O traço vertical é a meta.
bars-events = Os pontos são eventos, descritos na linha do tempo abaixo.
bars-events-label = { $count ->
    [one] { $count } evento no mesmo eixo, descrito na linha do tempo
   *[other] { $count } eventos no mesmo eixo, descritos na linha do tempo
}
bars-outside = { $count ->
    [one] { $count } evento distante demais ficou fora do desenho.
   *[other] { $count } eventos distantes demais ficaram fora do desenho.
}
bars-hatched = Hachurado: pode ou não ter havido impacto.
bars-scale = Cada divisão do eixo vale { $length }.
bars-length-only = Não se sabe quando estes impactos começaram: as barras mostram quanto duraram, lado a lado.
bars-length-only-some = Uma barra vazada mostra só a duração: não se sabe quando aquele impacto começou.

## A linha do tempo

time-not-known = horário desconhecido
some-time-that-day = ao longo do dia
about-clock = por volta d{ $the } (± { $margin })
clock-range = { $from } – { $to }
until = até { $moment }
moment-started = { $services }: início do impacto para os usuários
moment-detected = { $services }: tomamos conhecimento do problema
moment-mitigated = { $services }: recuperação parcial
moment-recovered = { $services }: recuperação completa
event-background = antes
event-trigger = gatilho
event-signal = sinal
event-detection = detecção
event-escalation = acionamento
event-decision = decisão
event-step = resposta
event-operation = operação
event-finding = descoberta
event-recovery = recuperação
event-verification = verificação
event-comms = comunicado
event-note = nota

## A resposta e as causas

cause-root = Causa raiz
cause-trigger = O que desencadeou o incidente
cause-contributing = O que aumentou a probabilidade ou a gravidade
cause-latent = O que já existia antes
cause-detection = Por que percebemos tarde
cause-response = O que prolongou ou piorou a resposta
confidence-confirmed = causa confirmada
confidence-likely = provável, sem confirmação
confidence-hypothesis = hipótese, sem confirmação
confidence-unknown = motivo não esclarecido
category-change = mudança
category-operation = operação de rotina
category-capacity-limit = limite atingido
category-coupling = acoplamento
category-single-point-of-failure = ponto único de falha
category-dependency = dependência
category-config = configuração
category-software-defect = defeito de software
category-data = dados
category-process = processo de trabalho
category-external = outra organização
category-human = ação humana
category-unknown = tipo desconhecido
outcome-worked = Funcionou.
outcome-partly = Funcionou em parte.
outcome-no-effect = Não teve efeito.
outcome-worse = Piorou a situação.
outcome-failed = Não chegou ao fim.
outcome-unknown = Não se conhece o efeito.

## Estados de uma publicação

post-investigating = em investigação
post-identified = causa conhecida
post-update = atualização
post-monitoring = correção aplicada
post-resolved = resolvido
post-postmortem = postmortem
post-scheduled = manutenção anunciada
post-in-progress = manutenção em andamento
post-completed = manutenção concluída

## Como se chama uma publicação

page-investigating = Investigando
page-identified = Identificado
page-update = Atualização
page-monitoring = Monitorando
page-resolved = Resolvido
page-postmortem = Postmortem
page-scheduled = Programada
page-in-progress = Em andamento
page-completed = Concluída

posted = Publicado em { $moment }
posted-about = Publicado: { $moment }

## Serviços em uma frase: com artigo e com preposição, conforme o gênero e o número do nome.

service-the = { $name }
service-the-f = a { $name }
service-the-m = o { $name }
service-the-fp = as { $name }
service-the-mp = os { $name }
service-in = em { $name }
service-in-f = na { $name }
service-in-m = no { $name }
service-in-fp = nas { $name }
service-in-mp = nos { $name }

## Publicações. $services já vem com artigos, $count diz quantos são. $at é "às 13h10", $the é "as 13h10".
## $symptom, $cause, $fix são orações, como o arquivo as traz.

clock-both = { $clock } ({ $zone }; { $utc })

symptom-now-down = { $count ->
    [one] { $services } está indisponível
   *[other] { $services } estão indisponíveis
}
symptom-now-degraded = { $count ->
    [one] { $services } está com lentidão ou falhas parciais
   *[other] { $services } estão com lentidão ou falhas parciais
}
symptom-now-delayed = { $count ->
    [one] { $services } está com atraso
   *[other] { $services } estão com atraso
}
symptom-now-wrong-results = { $count ->
    [one] { $services } está retornando resultados incorretos
   *[other] { $services } estão retornando resultados incorretos
}
symptom-since-down = { $count ->
    [one] { $services } está indisponível
   *[other] { $services } estão indisponíveis
}
symptom-since-degraded = { $count ->
    [one] { $services } está com lentidão ou falhas parciais
   *[other] { $services } estão com lentidão ou falhas parciais
}
symptom-since-delayed = { $count ->
    [one] { $services } está com atraso
   *[other] { $services } estão com atraso
}
symptom-since-wrong-results = { $count ->
    [one] { $services } está retornando resultados incorretos
   *[other] { $services } estão retornando resultados incorretos
}

say-since = Desde { $the }, { $symptom }. Estamos investigando.
say-symptom = { $symptom }. Estamos apurando desde quando e para quem.
say-failing = Há falhas { $services }. Estamos apurando desde quando e para quem.
say-reopened = O problema voltou { $at }. Nosso aviso de que estava resolvido estava errado. Estamos trabalhando nele de novo.
say-scope = Quem é afetado: { $scope }.
say-unaffected = { $count ->
    [one] { $services } continua funcionando.
   *[other] { $services } continuam funcionando.
}
say-workaround = O que você pode fazer por enquanto: { $workaround }.
say-cause = Sabemos a causa: { $cause }.
say-fix = Estamos { $fix }.
say-no-news = O problema continua e o efeito não mudou. Estamos { $fix }.
say-partly = { $count ->
    [one] { $services } voltou a funcionar em parte { $at }.
   *[other] { $services } voltaram a funcionar em parte { $at }.
}
say-remaining = Ainda afetado: { $remaining }.
say-eta = Nossa previsão é terminar até { $the }: { $basis }.
say-fixed = { $count ->
    [one] A correção foi aplicada { $at }, e { $services } responde normalmente.
   *[other] A correção foi aplicada { $at }, e { $services } respondem normalmente.
}
say-backlog = O trabalho em espera está sendo processado.
say-watch = Seguimos acompanhando até { $the }.
say-recovered = { $count ->
    [one] { $services } voltou ao normal { $at }.
   *[other] { $services } voltaram ao normal { $at }.
}
say-recovered-after = { $count ->
    [one] { $services } voltou ao normal { $at }, após { $length }.
   *[other] { $services } voltaram ao normal { $at }, após { $length }.
}
say-recovered-took = { $count ->
    [one] { $services } voltou ao normal { $at }; a recuperação levou { $length }.
   *[other] { $services } voltaram ao normal { $at }; a recuperação levou { $length }.
}
say-residual = Nem tudo voltou: { $residual }.
say-apology = Pedimos desculpas pelo transtorno.
say-postmortem-by = Publicaremos o que aprendemos até { $date }.
say-scheduled = { $count ->
    [one] { $window }, { $services } ficará indisponível.
   *[other] { $window }, { $services } ficarão indisponíveis.
}
say-reason = Motivo: { $reason }.
say-nothing-to-do = Você não precisa fazer nada.
say-under-way = A manutenção programada está em andamento. Deve terminar até { $the }.
say-overrun = A manutenção prevista para terminar { $at } está demorando mais. Passamos a tratá-la como incidente.
say-maintained = { $count ->
    [one] A manutenção programada terminou. { $services } responde normalmente.
   *[other] A manutenção programada terminou. { $services } respondem normalmente.
}
say-next = Próxima atualização até { $the }.

## De onde vem

stamp-commit = Escrito a partir do commit { $id } do registro do incidente.
stamp-content = Escrito a partir de um registro ainda sem commit (conteúdo { $id }).

## Partes de um documento

glance-began = Início
glance-ended = Fim
glance-lasted = Duração do impacto
glance-data = Dados
began-not-known = por volta de { $date }; não se conhece o horário
began-unknown = não se sabe
lasted-unknown = não se sabe
apology = Pedimos desculpas pelo transtorno.
heading-affected = Quem foi afetado
heading-unaffected = O que continuou funcionando
heading-residual = O que ainda falta
residual-until = até { $date }
column-service = Serviço
column-class = Classe
column-target = Meta
partly-after = recuperação parcial: { $length }
impact-target = meta: { $length }
impact-ttr = tempo até a recuperação: { $length }
column-ttr = Tempo até a recuperação
no-class = nenhuma
no-target = nenhuma
heading-timeline = Linha do tempo
heading-causes = Por que aconteceu
cause-unnamed = Causa
heading-actions = O que estamos mudando
column-action = Ação
column-due = Prazo
column-state = Situação
due-on = até { $date }
no-due = sem prazo
heading-lessons = O que aprendemos

## O mesmo incidente em outras formas

forms-label = Este incidente em outras formas
form-postmortem = Esta página
form-status-post = Publicações da página de status
form-blog-post = Carta aos clientes
form-help-center = Página da central de ajuda
form-jekyll-post = Post de blog
form-cstate = Issue do cState
form-source = Markdown

## A moldura de uma página

skip = Ir para o conteúdo
nav-label = Site
nav-incidents = Incidentes
nav-actions = Itens de ação
nav-services = Serviços
nav-statistics = Estatísticas
nav-rules = Regras
nav-search = Busca
nav-runbooks = Runbooks
languages-label = Idiomas
footer-rules = Medido pelas regras do { $rules }.
footer-as-of = Situação em { $moment }.
footer-internal = Uso interno: não publicar.
in-language = em { $language }
