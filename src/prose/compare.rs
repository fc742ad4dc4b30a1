//! What one text states and the other does not.

use std::collections::HashMap;

use super::{
    decimal::Decimal,
    fact::{Clock, ClockZone, Fact, FactKind, Key},
};

/// Facts that one of two texts lacks: positions in each text's list of facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) one: Vec<usize>,
    pub(super) other: Vec<usize>,
}

/// Takes away what both texts state, however often each does; what is left is stated by one alone. `local` is the
/// offset, in minutes east of UTC, of a clock time that names no zone. Linear in the number of facts.
pub(super) fn left(one: &[Fact], other: &[Fact], local: i16) -> Left {
    let same = |(a, b): (&Fact, &Fact)| a.key == b.key;
    if one.len() == other.len() && one.iter().zip(other).all(same) {
        return Left::default();
    }
    let mut left = Left { one: (0..one.len()).collect(), other: (0..other.len()).collect() };
    // what both surely state goes first, so that a word that may be no number answers only what nothing else does
    let hard = |fact: &Fact, _| if fact.soft { Vec::new() } else { vec![Sense::Key(fact.key)] };
    pair(&mut left, one, other, &hard);
    pair(&mut left, one, other, &|fact, _| vec![Sense::Key(fact.key)]);
    pair(&mut left, one, other, &|fact, side| senses(fact, local, side));
    left.one.retain(|index| one.get(*index).is_some_and(|fact| !fact.soft));
    left.other.retain(|index| other.get(*index).is_some_and(|fact| !fact.soft));
    left
}

/// What is left, by the rule that speaks of it: differences of one kind on both sides go together in their order. What
/// is of one kind here and of another there (`10:30` and `10:70`) is one difference, of the kind that says most.
pub(super) fn by_kind(left: &Left, one: &[Fact], other: &[Fact]) -> Vec<(FactKind, Left)> {
    const KINDS: [FactKind; 3] = [FactKind::Number, FactKind::Length, FactKind::Time];
    let of = |facts: &[Fact], indices: &[usize], kind: FactKind| -> Vec<usize> {
        let is_kind = |index: &&usize| facts.get(**index).is_some_and(|fact| fact.kind == kind);
        indices.iter().filter(is_kind).copied().collect()
    };
    let mut found =
        KINDS.map(|kind| Left { one: of(one, &left.one, kind), other: of(other, &left.other, kind) });
    // beyond the pairs, digits that mean different things on the two sides
    let (mut crossing, mut crossing_kind) = (Left::default(), None);
    let surplus = |mine: &[usize], theirs: &[usize], facts: &[Fact]| -> Vec<usize> {
        let beyond = mine.iter().skip(theirs.len());
        beyond.filter(|index| facts.get(**index).is_some_and(|fact| fact.in_digits)).copied().collect()
    };
    for (kind, left) in KINDS.into_iter().zip(&found) {
        let (mine, theirs) = (surplus(&left.one, &left.other, one), surplus(&left.other, &left.one, other));
        if !mine.is_empty() || !theirs.is_empty() {
            crossing_kind = Some(kind);
        }
        crossing.one.extend(mine);
        crossing.other.extend(theirs);
    }
    crossing.one.sort_unstable();
    crossing.other.sort_unstable();
    if let Some(kind) = crossing_kind
        && !crossing.one.is_empty()
        && !crossing.other.is_empty()
    {
        for (own, left) in KINDS.into_iter().zip(&mut found) {
            if own == kind {
                left.one.extend(&crossing.one);
                left.other.extend(&crossing.other);
                for side in [&mut left.one, &mut left.other] {
                    side.sort_unstable();
                    side.dedup();
                }
            } else {
                left.one.retain(|index| crossing.one.binary_search(index).is_err());
                left.other.retain(|index| crossing.other.binary_search(index).is_err());
            }
        }
    }
    let told = KINDS.into_iter().zip(found);
    told.filter(|(_, left)| !left.one.is_empty() || !left.other.is_empty()).collect()
}

/// One thing that a fact may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Sense {
    Key(Key),
    /// Seconds of the day in UTC.
    Utc(u32),
    /// Seconds of the day on a clock beside which a zone stands.
    Zoned(u32),
    /// Seconds of the day on a clock without a zone.
    Bare(u32),
}

/// Which text a fact is of: what waits in one text is asked for by the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Asks,
    Waits,
}

/// Everything that a fact may say, the likeliest first.
fn senses(fact: &Fact, local: i16, side: Side) -> Vec<Sense> {
    let mut senses = Vec::new();
    for key in [Some(fact.key), fact.other].into_iter().flatten() {
        senses.push(Sense::Key(key));
        match key {
            // `2017-11-10` has no name of a month
            Key::Month(month) => senses.push(Sense::Key(Key::Number(Decimal::whole(month.into())))),
            Key::Clock(clock) => clock_senses(clock, local, side, &mut senses),
            Key::Number(_) | Key::Length(..) | Key::Weekday(_) => {}
        }
    }
    senses
}

/// Two clocks agree by their instants; a zone that one text leaves out agrees with any.
fn clock_senses(clock: Clock, local: i16, side: Side, senses: &mut Vec<Sense>) {
    const HALF_DAY: u32 = 43_200;
    let halves: &[u32] = if clock.either_half { &[0, HALF_DAY] } else { &[0] };
    for half in halves {
        let second = (clock.second + half) % (2 * HALF_DAY);
        let utc = |minutes: i16| {
            let at = i64::from(second) - i64::from(minutes) * 60;
            Sense::Utc(u32::try_from(at.rem_euclid(86_400)).unwrap_or(0))
        };
        match clock.zone {
            None => senses.extend([Sense::Bare(second), utc(local)]),
            Some(ClockZone::Fixed(east)) => senses.push(utc(east)),
            Some(ClockZone::Brasilia) => senses.extend([utc(-180), utc(-120)]),
        }
        match (clock.zone, side) {
            (None, Side::Asks) | (Some(_), Side::Waits) => senses.push(Sense::Zoned(second)),
            (Some(_), Side::Asks) => senses.push(Sense::Bare(second)),
            (None, Side::Waits) => {}
        }
    }
}

/// Pairs each fact of one text with a fact of the other that shares a sense, the earliest first.
fn pair(left: &mut Left, one: &[Fact], other: &[Fact], senses: &dyn Fn(&Fact, Side) -> Vec<Sense>) {
    if left.one.is_empty() || left.other.is_empty() {
        return;
    }
    let mut waiting: HashMap<Sense, Vec<usize>> = HashMap::new();
    for index in left.other.iter().rev() {
        for sense in other.get(*index).map(|fact| senses(fact, Side::Waits)).unwrap_or_default() {
            waiting.entry(sense).or_default().push(*index);
        }
    }
    let mut taken = vec![false; other.len()];
    left.one.retain(|index| {
        let Some(fact) = one.get(*index) else { return false };
        for sense in senses(fact, Side::Asks) {
            let Some(indices) = waiting.get_mut(&sense) else { continue };
            while let Some(index) = indices.pop() {
                if let Some(slot) = taken.get_mut(index).filter(|taken| !**taken) {
                    *slot = true;
                    return false;
                }
            }
        }
        true
    });
    left.other.retain(|index| !taken.get(*index).copied().unwrap_or(false));
}
