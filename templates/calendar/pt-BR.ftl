### Frases do calendário.

calendar = Itens de ação
calendar-of = { $organisation }: itens de ação
due = Prazo: { $title }
entry-owner = Responsável: { $value }
entry-team = Equipe: { $value }
entry-priority = Prioridade: { $value }
entry-blocked-by = À espera de: { $value }
