//! Who is planned, and why others are not.

use unmanaged::commands::estimate;
use unmanaged::journal::{Status, Stored};
use unmanaged::plan::{Action, History, Rules, Unlisted, decide, reason_in_words};
use unmanaged::words::{Age, DAY, Rate, StateName};

const NOW: i64 = 1_790_000_000;

fn rules(action: Action) -> Rules {
    Rules {
        action,
        states: Vec::new(),
        domain: None,
        invited_within: Age::days(14),
        older_than: Some(Age::days(14)),
        max_mails: Some(3),
        retry_presumed: false,
        unlisted: Unlisted::NotUnmanaged,
        now: NOW,
    }
}

fn account(state: &str, mails: i64, days: i64) -> Stored {
    Stored {
        address: "ada@example.com".to_owned(),
        id: "customers/C1/userinvitations/ada@example.com".to_owned(),
        mails,
        state: state.to_owned(),
        update_time: String::new(),
        updated: Some(NOW - days * DAY),
        raw: String::new(),
    }
}

fn history(rows: &[(bool, Status, &str, i64)]) -> History {
    let mut history = History::default();
    for (place, (cancels, status, reason, days)) in (1..).zip(rows) {
        history.add(*cancels, *status, reason, (place, NOW - days * DAY));
    }
    history
}

#[test]
fn invitations_go_to_people_who_are_unmanaged_and_were_not_invited_lately() {
    let none = History::default();
    let rules = rules(Action::Invite);
    for (state, days, reason) in [
        ("NOT_YET_SENT", 0, ""),
        ("INVITED", 13, "invited_recently"),
        ("INVITED", 14, ""),
        ("ACCEPTED", 400, "accepted"),
        ("DECLINED", 400, "declined"),
        ("STATE_UNSPECIFIED", 400, "state_unknown"),
        ("A_NEW_STATE", 400, "state_unknown"),
    ] {
        let listed = account(state, 0, days);
        assert_eq!(
            decide(Some(&listed), &none, &rules),
            reason,
            "{state} {days}"
        );
    }
    assert_eq!(decide(None, &none, &rules), "not_unmanaged");
    let invitable = Rules {
        unlisted: Unlisted::Invitable,
        ..rules
    };
    assert_eq!(decide(None, &none, &invitable), "");
}

#[test]
fn people_who_accepted_are_never_invited_and_people_who_declined_only_on_demand() {
    let asked = |state: &str| Rules {
        states: vec![state.parse::<StateName>().unwrap()],
        ..rules(Action::Invite)
    };
    let none = History::default();
    let of = |state: &str| decide(Some(&account(state, 1, 400)), &none, &asked(state));
    assert_eq!(of("accepted".to_uppercase().as_str()), "accepted");
    assert_eq!(of("DECLINED"), "");
    let others = decide(Some(&account("INVITED", 1, 400)), &none, &asked("declined"));
    assert_eq!(others, "invited");
}

#[test]
fn reminders_go_to_people_who_were_invited_long_ago_and_seldom() {
    let none = History::default();
    for (state, mails, days, reason) in [
        ("INVITED", 1, 14, ""),
        ("INVITED", 2, 14, ""),
        ("INVITED", 3, 14, "enough_emails"),
        ("INVITED", 1, 13, "invited_recently"),
        ("NOT_YET_SENT", 0, 90, "not_invited"),
        ("ACCEPTED", 1, 90, "accepted"),
        ("DECLINED", 1, 90, "declined"),
    ] {
        let listed = account(state, mails, days);
        let found = decide(Some(&listed), &none, &rules(Action::Remind));
        assert_eq!(found, reason, "{state} {mails} {days}");
    }
    assert_eq!(decide(None, &none, &rules(Action::Remind)), "not_invited");
}

#[test]
fn the_journal_keeps_people_from_a_second_email() {
    let never = account("NOT_YET_SENT", 0, 90);
    for (rows, reason) in [
        (vec![(false, Status::Done, "", 1)], "invited_recently"),
        (vec![(false, Status::Done, "", 15)], ""),
        (
            vec![(false, Status::Done, "", 1), (true, Status::Done, "", 0)],
            "",
        ),
        (
            vec![(false, Status::Unknown, "no_response", 90)],
            "outcome_unknown",
        ),
        (vec![(false, Status::Sending, "", 90)], "outcome_unknown"),
        (vec![(true, Status::Unknown, "", 90)], "outcome_unknown"),
        (
            vec![(false, Status::NotDone, "presumed", 90)],
            "presumed_not_sent",
        ),
        (vec![(false, Status::NotDone, "refused", 0)], ""),
        (
            vec![(false, Status::Done, "cancelled_since", 900)],
            "cancelled_since",
        ),
        (vec![(false, Status::Gone, "gone", 0)], ""),
    ] {
        let found = decide(Some(&never), &history(&rows), &rules(Action::Invite));
        assert_eq!(found, reason, "{rows:?}");
    }
    let presumed = history(&[(false, Status::NotDone, "presumed", 90)]);
    let again = Rules {
        retry_presumed: true,
        ..rules(Action::Invite)
    };
    assert_eq!(decide(Some(&never), &presumed, &again), "");
    let forgotten = History {
        forgotten: true,
        ..History::default()
    };
    assert_eq!(decide(Some(&never), &forgotten, &again), "forgotten");
}

#[test]
fn every_reason_has_words() {
    let reasons = [
        "accepted",
        "declined",
        "invited",
        "invited_recently",
        "not_invited",
        "not_unmanaged",
        "other_domain",
        "state_unknown",
        "enough_emails",
        "excluded",
        "outcome_unknown",
        "cancelled_since",
        "presumed_not_sent",
        "beyond_limit",
        "others_too",
        "no_counter_before",
        "unchanged_once",
        "too_new",
        "no_response",
    ];
    for reason in reasons {
        assert_ne!(reason_in_words(reason), reason);
    }
}

#[test]
fn a_plan_takes_one_request_a_person() {
    let (requests, seconds) = estimate(5_000, 5_000, None);
    // 84 minutes at 60 a minute, and a list of 25 pages every ten minutes besides.
    assert_eq!((requests, seconds / 60), (5_200, 86));
    assert_eq!(estimate(0, 5_000, None), (0, 0));
    assert_eq!(
        estimate(50, 50, Some("50/min".parse::<Rate>().unwrap())),
        (50, 60)
    );
}

#[test]
fn ages_and_rates_are_read_as_people_write_them() {
    for (text, seconds) in [
        ("14d", 14 * DAY),
        ("2w", 14 * DAY),
        ("48h", 2 * DAY),
        ("30m", 1_800),
    ] {
        assert_eq!(text.parse::<Age>(), Ok(Age(seconds)));
    }
    for wrong in [
        "",
        "d",
        "14",
        "-1d",
        "1.5d",
        "14 days",
        "99999999999d",
        "14é",
    ] {
        assert!(wrong.parse::<Age>().is_err(), "{wrong}");
    }
    for wrong in ["", "50", "/min", "0/min", "-1/s", "50/year", "nan/s"] {
        assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
    }
}
