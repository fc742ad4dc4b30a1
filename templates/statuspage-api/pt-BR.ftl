### Textos das requisições para o Statuspage.

words-unknown = As palavras desta publicação não foram registradas.
