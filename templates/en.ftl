### English as the formatting functions read it: names, patterns, separators, units.
###
### A language is one file like this, named by its BCP 47 tag, and one beside each template. The same messages stand
### in all of them; a pattern may use any of the values its group offers, and needs none of them.

language-name = English

## Lists

list-middle = { $first }, { $second }
list-last = { $first } and { $second }
quote = “{ $text }”

## Numbers. Digits are grouped by threes once the integer part has `group-from` digits.

decimal-separator = .
group-separator = ,
group-from = 4
minus-sign = −
percent = { $number }%
# $count selects the plural; $number is what is shown.
factor = { $count ->
    [one] { $number } time
   *[other] { $number } times
}

## Dates. $month is the name, in `date-short` the short one; $day is as `day-of-month` writes it.

months = January, February, March, April, May, June, July, August, September, October, November, December
months-short = Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec
day-of-month = { $day }
date = { $month } { $day }, { $year }
date-short = { $month } { $day }, { $year }
date-without-year = { $month } { $day }

## Clocks. $hour selects; $h is the hour, $hh the hour and $mm the minute in two digits.

clock = { $hh }:{ $mm }
# with an article where the language has one (pt "as 13h10")
clock-the = { $hh }:{ $mm }
# with "at"
clock-at = at { $hh }:{ $mm }
# with "of" (pt "das 13h10")
clock-of = { $hh }:{ $mm }

## Zones. `zone-names` lists, one a line, `IANA-name offset = spoken name`; a name is used only while its offset holds.

utc = UTC
zone = { $offset }
zone-named = { $offset }, { $name }
zone-names = { "" }

## Moments. $clock, $the, $at and $of are the clocks above; $date has a year, $day has none.

moment = { $date }, { $clock }
moment-short = { $date }, { $clock }
clock-in-utc = { $clock } UTC
clock-in-utc-on-day = { $day }, { $clock } UTC
clock-in-utc-on-date = { $date }, { $clock } UTC
in-zone = { $moment } ({ $zone })
with-utc = { $moment }, { $utc }
at-on-day = { $at } on { $day }
at-on-date = { $at } on { $date }
the-on-day = { $the } on { $day }
the-on-date = { $the } on { $date }
between = between { $from } and { $to }
not-before = not before { $the } on { $date }
not-after = no later than { $the } on { $date }

## Lengths of time

unit-day = d
unit-hour = h
unit-minute = min
unit-second = s
length-under = under { $length }
span-at-least = { $length } or more
span-at-most = up to { $length }
span-between = between { $min } and { $max }
span-short-at-least = ≥ { $length }
span-short-at-most = ≤ { $length }
span-short-between = { $min } – { $max }
unknown = unknown
