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

## Como foi percebido

noticed-by-monitor = percebido pelo monitoramento
noticed-by-customer = percebido por clientes
noticed-by-partner = percebido por um parceiro
noticed-by-employee = percebido por um colega
noticed-by-audit = descoberto em auditoria posterior
noticed-by-provider = percebido por um fornecedor, que nos avisou
noticed-by-unknown = não há registro de quem percebeu
failure-loud = a falha foi visível
failure-silent = a falha foi silenciosa
failure-unknown = não há registro de como a falha se manifestou

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

## A moldura de uma página

skip = Ir para o conteúdo
nav-label = Site
nav-incidents = Incidentes
nav-actions = Itens de ação
nav-runbooks = Runbooks
languages-label = Idiomas
footer-rules = Medido pelas regras do { $rules }.
footer-as-of = Situação em { $moment }.
footer-internal = Uso interno: não publicar.
in-language = em { $language }
