### Frases do resumo.

digest-title = Itens de ação em { $day }
digest-overdue = { $count ->
    [0] Nada está em atraso.
    [one] { $count } item está em atraso.
   *[other] { $count } itens estão em atraso.
}
digest-soon = { $count ->
    [0] Nada mais vence até { $day }.
    [one] Mais { $count } vence até { $day }.
   *[other] Mais { $count } vencem até { $day }.
}
digest-put-off = { $count ->
    [0] Nada do que está pendente foi adiado.
    [one] { $count } foi adiado.
   *[other] { $count } foram adiados.
}
digest-done = { $count ->
    [0] Nada foi concluído depois de { $day }.
    [one] { $count } foi concluído depois de { $day }.
   *[other] { $count } foram concluídos depois de { $day }.
}
digest-team = Equipe
no-team = sem equipe
nobody = sem responsável
heading-overdue = Em atraso
heading-soon = Vencem em 14 dias
heading-put-off = Adiados
heading-done = Concluídos na última semana
was-due = venceu em { $day }
now-due = agora vence em { $day }
put-off-times = { $times ->
    [one] adiado uma vez
    [2] adiado duas vezes
   *[other] adiado { $times } vezes
}
and-more = e mais { $count }
