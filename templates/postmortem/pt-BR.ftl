### Frases do postmortem.

severity = severidade { $severity }

## Em resumo

glance-began = Início
glance-ended = Fim
glance-lasted = Duração do impacto
glance-data = Dados
began-not-known = por volta de { $date }; não se conhece o horário
began-unknown = não se sabe
lasted-unknown = não se sabe
apology = Pedimos desculpas pelo transtorno.

data-intact = Nenhum dado foi perdido nem alterado.
data-none-lost = Nenhum dado foi perdido.
data-none-altered = Nenhum dado foi alterado.
data-lost = Houve perda de dados.
data-altered = Houve alteração de dados.
data-lost-and-altered = Houve perda e alteração de dados.
data-being-checked = Ainda estamos verificando se algum dado foi afetado.
data-not-known = Não se sabe se algum dado foi afetado.

## Quem foi afetado

heading-affected = Quem foi afetado
heading-unaffected = O que continuou funcionando
heading-residual = O que ainda falta
residual-until = até { $date }
residual-accepted = Aceito por { $role }.
caused-by = Causado por um passo da resposta:
noticed = Como foi percebido
users = Usuários
moment-first-signal = Primeiro sinal
moment-acknowledged = Atendimento iniciado
moment-verified = Recuperação confirmada
moment-label-started = Início
moment-label-detected = Percebido
moment-label-mitigated = Recuperação parcial
moment-label-recovered = Recuperação completa

users-count = { $number } usuários
users-about = cerca de { $number } usuários
users-many = muitos usuários
users-unknown = não se sabe quantos
users-share = { $percent } dos usuários
personal-none = Não houve dados pessoais envolvidos.
personal-some = Houve dados pessoais envolvidos.
personal-unknown = Não se sabe se houve dados pessoais envolvidos.

## Os números

heading-impacts = Impacto em relação às metas
column-service = Serviço
column-class = Classe
column-target = Meta
column-ttd = Tempo até a detecção
partly-after = recuperação parcial: { $length }
column-ttr = Tempo até a recuperação
column-verdict = Resultado
no-class = nenhuma
no-target = nenhuma
note-self-recovered = Recuperou-se antes que alguém soubesse.
note-ended-by-residual = O tempo até a recuperação termina quando o que ainda falta foi aceito.
note-segments = O impacto parou e voltou, em { $count } partes.
note-lead = Foi percebido { $length } antes de afetar usuários.
bars-label = Impacto ao longo do tempo
bars-mark = O traço vertical é a meta.
bars-hatched = Hachurado: pode ou não ter havido impacto.
bars-scale = Cada divisão do eixo vale { $length }.
bars-length-only = Não se sabe quando estes impactos começaram: as barras mostram quanto duraram, lado a lado.
bars-length-only-some = Uma barra vazada mostra só a duração: não se sabe quando aquele impacto começou.

## A linha do tempo

heading-timeline = Linha do tempo
time-not-known = horário desconhecido
some-time-that-day = ao longo do dia
about-clock = por volta d{ $the } (± { $margin })
clock-range = { $from } – { $to }
until = até { $moment }
moment-started = { $services }: início do impacto para os usuários
moment-detected = { $services }: tomamos conhecimento do problema
moment-mitigated = { $services }: recuperação parcial
moment-recovered = { $services }: recuperação completa
actor = por { $role }
internal-only = interno

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

## Causas

heading-causes = Por que aconteceu
cause-root = Causa raiz
cause-trigger = O que desencadeou o incidente
cause-contributing = O que aumentou a probabilidade ou a gravidade
cause-latent = O que já existia antes
cause-detection = Por que percebemos tarde
cause-response = O que prolongou ou piorou a resposta
cause-unnamed = Causa

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

known-before = conhecida antes do incidente
decision = O que se havia decidido a respeito:

monitoring-fired = o alerta disparou e foi atendido
monitoring-ignored = o alerta disparou e não foi atendido
monitoring-silent = o monitoramento não acusou nada
monitoring-absent = não havia monitoramento
monitoring-unknown = não há registro do que o monitoramento mostrou

## A resposta

heading-steps = O que fizemos e que efeito teve
outcome-worked = Funcionou.
outcome-partly = Funcionou em parte.
outcome-no-effect = Não teve efeito.
outcome-worse = Piorou a situação.
outcome-failed = Não chegou ao fim.
outcome-unknown = Não se conhece o efeito.
took = Levou { $length }.
hazard = Risco:
costs = Custo:

## O que vai mudar

heading-actions = O que estamos mudando
column-action = Ação
column-owner = Responsável
column-priority = Prioridade
column-due = Prazo
column-state = Situação
no-due = sem prazo
no-owner = sem responsável
done-when = Concluída quando:
reason = Motivo:
heading-lessons = O que aprendemos

## O que foi comunicado

heading-posts = O que dissemos aos usuários
post-investigating = em investigação
post-identified = causa conhecida
post-update = atualização
post-monitoring = correção aplicada
post-resolved = resolvido
post-postmortem = postmortem
post-scheduled = manutenção anunciada
post-in-progress = manutenção em andamento
post-completed = manutenção concluída
heading-sources = Fontes
heading-same-cause = Incidentes com a mesma causa

## O que os números significam

heading-definitions = Como os números são definidos
definition-ttd = do primeiro momento em que usuários receberam menos que o serviço normal até o momento em que soubemos que esse serviço estava afetado.
definition-ttr = desse mesmo momento até a recuperação completa para todos os usuários afetados, incluído o que ficou acumulado, contando 24 horas por dia.
definition-verdict = A meta é cumprida quando o tempo até a recuperação não a ultrapassa. Uma recuperação parcial não basta.
definition-uncertain = Quando um horário não é conhecido com exatidão, damos os dois extremos, e o resultado vale para qualquer horário entre eles; quando os dois resultados são possíveis, dizemos que não é possível avaliar.
definition-lasted = A duração do impacto conta uma só vez os períodos em que vários serviços estiveram afetados ao mesmo tempo.
definition-target = recuperar em até { $target } ({ $class })

## De onde vem

stamp-commit = Escrito a partir do commit { $id } do registro do incidente.
stamp-content = Escrito a partir de um registro ainda sem commit (conteúdo { $id }).
