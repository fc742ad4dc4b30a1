### Textos do arquivo de incidente do cState.

post-unknown = (as palavras desta publicação não foram registradas)
loses-level = { $service }: o cState não tem palavra para “{ $level }”; o arquivo diz `disrupted` ou `down` para tudo
loses-parts = { $service }: parou { $count } vezes, e o arquivo do cState tem um só início e um só fim
loses-windows = { $count ->
    [one] { $count } impacto tem início e fim próprios
   *[other] { $count } impactos têm início e fim próprios
}, e o arquivo do cState tem um só de cada para todos
loses-uncertainty = o início aparece como um momento exato, mas só se sabe: { $moment }
