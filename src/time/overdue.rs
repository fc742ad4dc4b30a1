//! Whether a civil due date has passed, by comparing civil dates and never "midnight instants".

use super::{Date, Instant, Zone};

/// How many civil days `due` is past as of an instant, in the zone of the action; 0 when it is not overdue.
///
/// Overdue iff `date(as_of in zone) > due`: the due day counts to its end (actions: *Overdue*).
pub fn overdue_days(due: Date, as_of: Instant, zone: &Zone) -> i64 {
    zone.date(as_of).signed_duration_since(due).num_days().max(0)
}

#[cfg(test)]
mod tests {
    use super::super::{read_date, read_instant};
    use super::*;

    #[test]
    fn a_due_day_counts_to_its_end_in_the_zone_of_the_action() {
        for (due, as_of, zone, expected) in [
            ("2026-03-31", "2026-04-01T02:59:59Z", "America/Sao_Paulo", 0),
            ("2026-03-31", "2026-04-01T03:00:00Z", "America/Sao_Paulo", 1),
            ("2026-03-31", "2026-04-01T00:00:00Z", "UTC", 1),
            ("2026-03-31", "2026-04-01T03:59:59Z", "America/New_York", 0),
            ("2017-10-14", "2017-10-15T02:59:59Z", "America/Sao_Paulo", 0),
            ("2017-10-14", "2017-10-15T03:00:00Z", "America/Sao_Paulo", 1),
            ("2026-03-31", "2025-01-01T00:00:00Z", "UTC", 0),
            ("2026-01-01", "2026-03-01T12:00:00Z", "UTC", 59),
        ] {
            let zone = Zone::named(zone).unwrap();
            let as_of = read_instant(as_of, None).unwrap().at;
            assert_eq!(overdue_days(read_date(due).unwrap(), as_of, &zone), expected, "{due} as of {as_of}");
        }
    }

    #[test]
    fn extremes_do_not_overflow() {
        assert_eq!(overdue_days(Date::MAX, Instant::MIN_UTC, &Zone::UTC), 0);
        assert!(overdue_days(Date::MIN, Instant::MAX_UTC, &Zone::UTC) > 0);
    }
}
