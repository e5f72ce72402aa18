//! Each row of the table of `settle`, and its bounds.

use unmanaged::settle::{Doubt, Evidence, HIDDEN, Note, READ_AFTER, Seen, Verdict, settle};

const LATE: i64 = READ_AFTER;

fn seen(mails: i64, state: &str) -> Option<Seen> {
    Some(Seen::new(mails, state))
}

fn verdict(before: Option<Seen>, now: Option<Seen>, since_attempt: i64) -> Verdict {
    settle(&Evidence {
        before,
        now,
        since_attempt,
        unchanged_reads: 0,
        since_read: 0,
    })
}

#[test]
fn no_read_counts_before_fifteen_minutes() {
    let states = [
        None,
        seen(0, "NOT_YET_SENT"),
        seen(1, "INVITED"),
        seen(9, "ACCEPTED"),
    ];
    for before in &states {
        for now in &states {
            for early in [-5, 0, 1, LATE - 1] {
                let verdict = verdict(before.clone(), now.clone(), early);
                assert_eq!(verdict, Verdict::Wait(LATE - early));
            }
        }
    }
}

#[test]
fn a_counter_that_grew_by_one_is_an_email() {
    for (before, now) in [
        (seen(0, "NOT_YET_SENT"), seen(1, "INVITED")),
        (seen(1, "INVITED"), seen(2, "INVITED")),
        (seen(0, "NOT_YET_SENT"), seen(1, "ACCEPTED")),
        (seen(1, "DECLINED"), seen(2, "DECLINED")),
        (seen(0, "NOT_YET_SENT"), seen(1, "A_NEW_STATE")),
    ] {
        assert_eq!(verdict(before, now, LATE), Verdict::Sent(Note::Once));
    }
}

#[test]
fn a_counter_that_grew_by_more_says_that_others_send_emails_too() {
    for grown in [2, 3, 100] {
        let verdict = verdict(seen(1, "INVITED"), seen(1 + grown, "INVITED"), LATE);
        assert_eq!(verdict, Verdict::Sent(Note::OthersToo));
    }
}

#[test]
fn a_counter_that_grew_while_nothing_is_invited_says_that_it_was_cancelled() {
    for grown in [1, 2] {
        let verdict = verdict(seen(0, "NOT_YET_SENT"), seen(grown, "NOT_YET_SENT"), LATE);
        assert_eq!(verdict, Verdict::Sent(Note::CancelledSince));
    }
}

#[test]
fn a_state_that_moved_to_invited_is_an_email_where_the_counter_lags() {
    let verdict = verdict(seen(0, "NOT_YET_SENT"), seen(0, "INVITED"), LATE);
    assert_eq!(verdict, Verdict::Sent(Note::Once));
}

#[test]
fn users_who_have_responded_are_final() {
    for before in [seen(1, "INVITED"), seen(1, "NOT_YET_SENT")] {
        for state in ["ACCEPTED", "DECLINED"] {
            assert_eq!(
                verdict(before.clone(), seen(1, state), LATE),
                Verdict::Responded
            );
        }
    }
}

#[test]
fn an_unchanged_counter_proves_something_in_the_second_read_alone() {
    let same = seen(1, "INVITED");
    let first = verdict(same.clone(), same.clone(), 10 * LATE);
    assert_eq!(first, Verdict::Unknown(Doubt::UnchangedOnce));
    let second = |since_read| {
        settle(&Evidence {
            before: same.clone(),
            now: same.clone(),
            since_attempt: 10 * LATE,
            unchanged_reads: 1,
            since_read,
        })
    };
    assert_eq!(second(LATE - 1), Verdict::Wait(1));
    assert_eq!(second(LATE), Verdict::PresumedNotSent);
}

#[test]
fn a_counter_that_shrank_is_unknown() {
    let verdict = verdict(seen(2, "INVITED"), seen(1, "INVITED"), 100 * HIDDEN);
    assert_eq!(verdict, Verdict::Unknown(Doubt::Shrank));
}

#[test]
fn an_account_that_was_listed_and_is_not_is_gone() {
    assert_eq!(verdict(seen(0, "NOT_YET_SENT"), None, LATE), Verdict::Gone);
}

#[test]
fn an_account_that_was_never_listed_is_too_new_for_two_days() {
    assert_eq!(
        verdict(None, None, HIDDEN - 1),
        Verdict::Unknown(Doubt::TooNew)
    );
    assert_eq!(verdict(None, None, HIDDEN), Verdict::Gone);
}

#[test]
fn a_counter_that_was_not_known_before_tells_by_what_it_is() {
    let sent = Verdict::Sent(Note::NoCounterBefore);
    assert_eq!(verdict(None, seen(1, "INVITED"), LATE), sent);
    assert_eq!(verdict(None, seen(1, "ACCEPTED"), LATE), sent);
    let first = Verdict::Unknown(Doubt::UnchangedOnce);
    assert_eq!(verdict(None, seen(0, "NOT_YET_SENT"), LATE), first);
}

/// Whatever is read, in whatever order: an email is presumed not sent only where the counter did not move.
#[test]
fn nothing_is_presumed_not_sent_where_the_counter_moved() {
    let states = ["NOT_YET_SENT", "INVITED", "ACCEPTED", "DECLINED", "NEW"];
    for before in 0..3 {
        for now in 0..4 {
            for (from, to) in states
                .iter()
                .flat_map(|a| states.iter().map(move |b| (a, b)))
            {
                let verdict = settle(&Evidence {
                    before: seen(before, from),
                    now: seen(now, to),
                    since_attempt: HIDDEN,
                    unchanged_reads: 5,
                    since_read: HIDDEN,
                });
                if verdict == Verdict::PresumedNotSent {
                    assert_eq!(before, now);
                }
                if now > before {
                    assert!(
                        matches!(verdict, Verdict::Sent(_)),
                        "{before} {from} {now} {to}"
                    );
                }
            }
        }
    }
}
