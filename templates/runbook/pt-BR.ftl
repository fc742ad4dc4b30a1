### Frases dos runbooks. O que não se sabe é dito; cada passo é contado pelo que fez e quantas vezes.

title = Runbook: { $service }
alert-title = Alerta: { $alert }
alert-lead = O que fazer quando este alerta dispara, a partir do que já foi tentado.
alert-full = Runbook completo: { $service }
class-target = { $class }, recuperar em até { $target }
owner = Responsável: { $team }
alerts = Alertas: { $alerts }
generated = { $incidents ->
    [0] Nenhum incidente registrado.
    [one] Feito a partir de { $incidents } incidente.
   *[other] Feito a partir de { $incidents } incidentes.
}
reviewed-never = Ainda não foi revisado por ninguém.
reviewed-on = Revisado em { $date }.
reviewed-by = Revisado em { $date } por { $role }.
version = Versão desta página: { $id }.

## Perigos

heading-dangers = Perigos
danger = PERIGO
danger-title = PERIGO: { $title }
danger-harmed = Já prejudicou: { $services }, em { $incidents }.
danger-worse = Já piorou a situação de: { $services }, em { $incidents }.
danger-may-harm = Pode prejudicar: { $services }.
danger-marked = Marcado como perigoso.
danger-foreign = É um passo para outro serviço ({ $services }), mas prejudica este.
danger-ask = Antes de tudo, descubra se alguém acabou de fazer isso.
danger-done = Se já foi feito:
danger-no-way-back = Não há registro de como desfazer.
danger-kept = Mesmo assim, decidiu-se manter o passo:
danger-mark-missing = Ainda não está marcado como perigoso.
critical-service = { $service } ({ $class })

## Primeiros minutos

heading-first = Primeiros minutos
first-take = Avise que você assumiu e anote a hora.
first-read-dangers = { $dangers ->
    [one] Antes de mudar qualquer coisa, leia o perigo acima.
   *[other] Antes de mudar qualquer coisa, leia os { $dangers } perigos acima.
}
first-target = Meta para serviço { $class }: recuperar em até { $target }, contados do início do impacto.
first-post = Primeira publicação em até { $first }.
first-post-then = Primeira publicação em até { $first }; depois, uma a cada { $every }.
escalate = Após { $length }, acione { $role }.
escalate-at-once = Acione { $role }.
escalate-none = Não está registrado quem acionar, nem quando.

## Sintomas

heading-own = Notas da equipe
heading-seen = Como já se manifestou
seen-level = Para os usuários: { $level }.
seen-trigger = O que desencadeou:
seen-signs = Primeiros sinais:
seen-findings = Descoberto no caminho:
seen-noticed = Detecção: { $how }.
seen-recovered = Tempo até a recuperação: { $length }; meta { $verdict }.
seen-open = Ainda não havia terminado quando o registro foi escrito.
seen-caused-by = Causado por um passo da própria resposta: { $step }.
seen-earlier = { $count ->
    [one] { $count } incidente anterior está em Evidências.
   *[other] { $count } incidentes anteriores estão em Evidências.
}
seen-none = Nenhum incidente deste serviço está registrado.

## Olhar

heading-look = Olhe primeiro: isto não altera nada
look-none = Ainda não há registro de uma checagem que só olhe, sem alterar nada.
runs-on = Roda em: { $unit }.
runs-on-with = Roda em: { $unit }. Lá também: { $services }.
needs = Depende de: { $services }.
needed-by = O que para junto: { $services }.

## Passos

heading-do-first = Faça primeiro
heading-may-help = Pode ajudar
heading-not-recorded = Tentado, sem registro do resultado
heading-not-completed = Começado, mas não chegou ao fim
heading-without-effect = Tentado sem efeito
heading-danger = Os passos perigosos em detalhe
order-note = Os de resultado mais certo vêm primeiro; o que precisa ser feito antes de um passo está no próprio passo.
tally-worked = funcionou em { $count } de { $attempts } { $attempts ->
    [one] tentativa
   *[other] tentativas
}
tally-partly = ajudou em parte em { $count } de { $attempts } { $attempts ->
    [one] tentativa
   *[other] tentativas
}
tally-no-effect = sem efeito em { $count } de { $attempts } { $attempts ->
    [one] tentativa
   *[other] tentativas
}
tally-worse = piorou a situação em { $count } de { $attempts } { $attempts ->
    [one] tentativa
   *[other] tentativas
}
tally-failed = não chegou ao fim em { $count } de { $attempts } { $attempts ->
    [one] tentativa
   *[other] tentativas
}
tally-unknown = sem registro do resultado em { $count } de { $attempts } { $attempts ->
    [one] tentativa
   *[other] tentativas
}
tried-worked = funcionou
tried-partly = ajudou em parte
tried-no-effect = sem efeito
tried-worse = piorou a situação
tried-failed = não chegou ao fim
tried-unknown = sem registro do resultado
success = Funciona em { $low } a { $high } dos casos (intervalo de 95% com { $attempts } tentativas).
took-once = Levou { $length } quando ajudou.
took-range = Levou { $range } quando ajudou.
took-several = Levou { $length } quando ajudou (mediana de { $count }; { $range }).
effect-once = Primeiro efeito após { $length }.
effect-range = Primeiro efeito: { $range }.
effect-several = Primeiro efeito após { $length } (mediana de { $count }; { $range }).
cost-once = Custa { $length } se não ajudar.
cost-range = Custa { $range } se não ajudar.
cost-several = Custa { $length } se não ajudar (mediana de { $count }; { $range }).
range = de { $from } a { $to }
range-open = { $from } ou mais
about = cerca de { $length }
last-used = Tentado pela última vez no incidente de { $date }.
target = Em: { $target }.
target-shared = Em: { $target }. Lá também: { $services }.
preconditions = Só com isto garantido:
fill-in = Antes de rodar, preencha: { $places }.
sign = Está indo bem quando:
expected = Duração prevista: { $length }.
verify = Funcionou se:
verify-within = Espere até { $length }.
otherwise-undo = Senão, desfaça e vá para o próximo passo.
otherwise-next = Senão, vá para o próximo passo.
otherwise-call = Senão, vá para o próximo passo; não há registro de como desfazer este.
rollback = Para desfazer:
irreversible = Não tem volta. Precisa da aprovação de { $role }.
costs = O que custou:
caution = Cuidado:
hazard = Perigo:
kept = Mantido por decisão, apesar do perigo:
attempts = Tentativas
attempts-earlier = { $count ->
    [one] e { $count } tentativa anterior
   *[other] e { $count } tentativas anteriores
}
attempt-number = Tentativa { $number }
attempt-again = de novo
attempt-after = após { $length }
attempt-expected = previsto: { $length }
attempt-for = para { $services }
attempt-with = Com:
attempt-between = Feito desde a tentativa anterior: { $steps }.

## Voltou?

heading-verify = Voltou para os usuários?
verify-signals = O que foi acompanhado: { $signals }.
verify-unrecorded = Não há registro do que mostrou que o serviço voltou. Olhe do lado dos usuários e anote o que você olhou.

## Publicações

heading-posts = Pronto para publicar
posts-note = Preencha o que está entre ‹ e ›. Diga só o que já se sabe.
post-label-investigating = Investigando
post-label-scope = Alcance
post-label-identified = Causa identificada
post-label-monitoring = Em observação
post-label-resolved = Resolvido
post-text-investigating = Há falhas { $in } desde as ‹hh:mm, fuso›: ‹o que os usuários percebem›. Estamos investigando. Próxima atualização até as ‹hh:mm›.
post-text-scope = Quem é afetado: ‹quem›. O que continua funcionando: ‹o quê›. O que você pode fazer por enquanto: ‹o quê›. Próxima atualização até as ‹hh:mm›.
post-text-identified = Sabemos a causa: ‹em palavras simples›. Estamos ‹fazendo o quê›. Próxima atualização até as ‹hh:mm›.
post-text-monitoring = A correção foi aplicada às ‹hh:mm, fuso›, e não há mais falhas { $in }. O trabalho em espera está sendo processado. Seguimos acompanhando até as ‹hh:mm›.
post-text-resolved = Às ‹hh:mm, fuso›, após ‹duração›, tudo voltou ao normal { $in }. ‹Nenhum dado foi perdido nem alterado. / O que não dá para recuperar: o quê.› Pedimos desculpas pelo transtorno.

## O que não se sabe

heading-unknown = O que não se sabe
gap-no-incident = Como este serviço falha: nenhum incidente dele está registrado.
gap-no-step = O que fez o serviço voltar: não há registro de nenhum passo.
gap-none-worked = O que funciona: nenhum passo conhecido traz o serviço de volta por completo.
gap-no-look = O que olhar primeiro: não há registro de uma checagem que só olhe, sem alterar nada.
gap-no-confirmation = O que mostra, do lado dos usuários, que o serviço voltou.
gap-no-outcome = No que deu: { $steps }.
gap-no-verification = Como ver se funcionou: { $steps }.
gap-no-way-back = Como desfazer: { $steps }.
gap-cause = { $incident }:
unknown-none = Não falta nada do que o relato procura.

## Evidências e rodapé

heading-evidence = Evidências
whole-page = A página inteira, com cada tentativa: { $command }
footer-generated = Escrito pelo relato a partir dos incidentes; o que for mudado aqui à mão se perde. As notas da equipe ficam em { $file }.
footer-not-run = Os comandos são só mostrados: o relato nunca os executa.
