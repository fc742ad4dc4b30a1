### Textos da página com as publicações de um incidente.

report-for = Relato de incidente de { $organisation }
post-not-recorded = As palavras desta publicação não foram registradas.
affected-services = Este incidente afetou: { $services }.
