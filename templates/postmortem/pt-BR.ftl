### Frases do postmortem.

severity = severidade { $severity }

## Quem foi afetado

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

## Os números

heading-impacts = Impacto em relação às metas
column-ttd = Tempo até a detecção
column-verdict = Resultado
bars-label = Impacto ao longo do tempo
bars-events-row = Eventos
zones-label = Horários
zones-incident = no fuso do incidente
zones-own = no seu fuso
link-source = O registro no repositório
link-history = Histórico
heading-findings = O que falta corrigir neste registro
finding-waived = aceito: { $reason }

## A linha do tempo

actor = por { $role }
internal-only = interno

## Causas

known-before = conhecida antes do incidente
decision = O que se havia decidido a respeito:

## A resposta

heading-steps = O que fizemos e que efeito teve
took = Levou { $length }.
hazard = Risco:
costs = Custo:

## O que vai mudar

column-owner = Responsável
column-priority = Prioridade
no-owner = sem responsável
done-when = Concluída quando:
reason = Motivo:

## O que foi comunicado

heading-posts = O que dissemos aos usuários
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
so-far-only = { $status }. Isto é o que se sabe até agora, e pode mudar.
