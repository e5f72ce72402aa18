//! The table by which a send of unknown outcome is settled.

use generated_client::cloudidentity::{Observation, SETTLED_AFTER, Settlement, State, settle};

use super::{SECOND, noon};

#[test]
fn the_settlement_table_equals_its_documentation() {
    use Settlement::{NotSent, NotYetKnown, Sent, Unknown};
    let at = |count, state| Some(Observation::new(count, state));
    let untouched = || at(0, State::NotYetSent);
    let wait = NotYetKnown(SETTLED_AFTER - SECOND);
    for (before, after, soon, late) in [
        (untouched(), at(1, State::Invited), Sent, Sent),
        (untouched(), at(0, State::Declined), Sent, Sent),
        (untouched(), untouched(), wait, NotSent),
        (
            untouched(),
            at(0, State::StateUnspecified),
            Unknown,
            Unknown,
        ),
        (at(2, State::Invited), at(3, State::Invited), Sent, Sent),
        (at(2, State::Invited), at(3, State::Accepted), Sent, Sent),
        (at(2, State::Invited), at(2, State::Invited), wait, NotSent),
        (
            at(2, State::Invited),
            at(2, State::Accepted),
            Unknown,
            Unknown,
        ),
        (
            at(2, State::Invited),
            at(1, State::Invited),
            Unknown,
            Unknown,
        ),
        (None, untouched(), wait, NotSent),
        (None, at(1, State::Invited), Unknown, Unknown),
        (untouched(), None, Unknown, Unknown),
        (None, None, Unknown, Unknown),
    ] {
        for (passed, expected) in [
            (SECOND, soon),
            (SETTLED_AFTER, late),
            (100 * SETTLED_AFTER, late),
        ] {
            let now = noon() + passed;
            let settled = settle(before.as_ref(), after.as_ref(), noon(), now);
            assert_eq!(settled, expected, "{before:?}, {after:?}, {passed:?}");
        }
        // A clock that was set back has let no time pass.
        let earlier = noon() - SETTLED_AFTER;
        let settled = settle(before.as_ref(), after.as_ref(), noon(), earlier);
        assert_ne!(settled, NotSent, "{before:?}, {after:?}");
    }
}
