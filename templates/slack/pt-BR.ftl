### Textos da mensagem para o Slack.

more-actions = { $count ->
    [one] e mais { $count }, no postmortem
   *[other] e mais { $count }, no postmortem
}
status-page = Página de status
