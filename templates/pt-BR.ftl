### Português do Brasil como as funções de formatação o leem: nomes, padrões, separadores, unidades.
### O que cada grupo oferece está explicado em `en.ftl`.

language-name = Português (Brasil)

## Listas

list-middle = { $first }, { $second }
list-last = { $first } e { $second }
quote = “{ $text }”

## Números

decimal-separator = ,
group-separator = .
group-from = 4
minus-sign = −
percent = { $number }%
factor = { $count ->
    [one] { $number } vez
   *[other] { $number } vezes
}

## Datas

months = janeiro, fevereiro, março, abril, maio, junho, julho, agosto, setembro, outubro, novembro, dezembro
months-short = jan., fev., mar., abr., mai., jun., jul., ago., set., out., nov., dez.
day-of-month = { $day ->
    [1] 1º
   *[other] { $day }
}
date = { $day } de { $month } de { $year }
date-short = { $day } { $month } { $year }
date-without-year = { $day } de { $month }

## Horas. O singular vale para 0h e 1h: "à 0h10", "à 1h10", "às 2h10".

clock = { $h }h{ $mm }
clock-the = { $hour ->
    [one] a { $h }h{ $mm }
   *[other] as { $h }h{ $mm }
}
clock-at = { $hour ->
    [one] à { $h }h{ $mm }
   *[other] às { $h }h{ $mm }
}
clock-of = { $hour ->
    [one] da { $h }h{ $mm }
   *[other] das { $h }h{ $mm }
}

## Fusos

utc = UTC
zone = { $offset }
zone-named = { $offset }, { $name }
zone-names =
    America/Sao_Paulo -3 = horário de Brasília
    America/Sao_Paulo -2 = horário de verão de Brasília
    Brazil/East -3 = horário de Brasília
    Brazil/East -2 = horário de verão de Brasília
    America/Araguaina -3 = horário de Brasília
    America/Bahia -3 = horário de Brasília
    America/Belem -3 = horário de Brasília
    America/Fortaleza -3 = horário de Brasília
    America/Maceio -3 = horário de Brasília
    America/Recife -3 = horário de Brasília
    America/Noronha -2 = horário de Fernando de Noronha
    America/Manaus -4 = horário de Manaus
    America/Cuiaba -4 = horário de Cuiabá
    America/Campo_Grande -4 = horário de Campo Grande
    America/Porto_Velho -4 = horário de Porto Velho
    America/Boa_Vista -4 = horário de Boa Vista
    America/Rio_Branco -5 = horário do Acre

## Momentos

moment = { $date }, { $clock }
moment-short = { $date }, { $clock }
clock-in-utc = { $clock } UTC
clock-in-utc-on-day = { $day }, { $clock } UTC
clock-in-utc-on-date = { $date }, { $clock } UTC
in-zone = { $moment } ({ $zone })
with-utc = { $moment }, { $utc }
at-on-day = { $at } de { $day }
at-on-date = { $at } de { $date }
the-on-day = { $the } de { $day }
the-on-date = { $the } de { $date }
between = entre { $from } e { $to }
not-before = não antes { $of } de { $date }
not-after = o mais tardar { $at } de { $date }

## Durações

unit-day = d
unit-hour = h
unit-minute = min
unit-second = s
length-under = menos de { $length }
span-at-least = { $length } ou mais
span-at-most = até { $length }
span-between = entre { $min } e { $max }
span-short-at-least = ≥ { $length }
span-short-at-most = ≤ { $length }
span-short-between = { $min } – { $max }
unknown = desconhecido
