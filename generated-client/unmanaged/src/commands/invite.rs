//! `invite`, `remind` and `cancel`.

use super::mailing::{Request, carry_out};
use super::people::{excluded, named};
use crate::app::App;
use crate::cli::{Accounts, Cancel, Invite, Mailing, People, Remind, ServiceName};
use crate::exit::{Exit, Failure};
use crate::plan::{Action, Rules, Unlisted};
use crate::words::Age;

/// The bounds of `remind`.
const AT_LEAST: Age = Age::days(7);
const AT_MOST: u32 = 3;

pub async fn invite(app: &mut App, invite: Invite) -> Result<Exit, Failure> {
    let is_named = is_named(&invite.people);
    if !is_named && invite.accounts.state.is_empty() {
        return Err(Failure::usage(
            "nobody was named: give addresses, --from-csv FILE, or --state",
            "`unmanaged invite --state not-yet-sent --dry-run` plans for everyone who was never invited",
        ));
    }
    let rules = Rules {
        states: invite.accounts.state.clone(),
        domain: invite.accounts.domain.clone(),
        invited_within: invite.invited_within,
        retry_presumed: invite.retry_presumed,
        ..rules(Action::Invite)
    };
    if is_confluent(app)? && !is_named {
        return Err(Failure::usage(
            "Confluent Cloud knows no accounts that were never invited: name people",
            "give addresses, or --from-csv FILE",
        ));
    }
    let what = described(&invite.people, &invite.accounts, &invite.mailing);
    let request = mailing(
        app,
        ("invite", what),
        &invite.people,
        &invite.mailing,
        rules,
    )?;
    carry_out(
        app,
        Request {
            check_unlisted: invite.check_unlisted,
            ..request
        },
    )
    .await
}

pub async fn remind(app: &mut App, remind: Remind) -> Result<Exit, Failure> {
    if is_confluent(app)? {
        return Err(Failure::usage(
            "Confluent Cloud's API sends no reminders",
            "cancel the invitation, and invite again",
        ));
    }
    if !remind.force && (remind.older_than < AT_LEAST || remind.max_mails > AT_MOST) {
        return Err(Failure::usage(
            format!("reminders come after {AT_LEAST} at the earliest, and up to {AT_MOST} emails"),
            "--force allows other bounds",
        ));
    }
    let accounts = Accounts {
        state: Vec::new(),
        domain: remind.domain.clone(),
    };
    let rules = Rules {
        domain: remind.domain,
        invited_within: remind.older_than,
        older_than: Some(remind.older_than),
        max_mails: Some(i64::from(remind.max_mails)),
        ..rules(Action::Remind)
    };
    let (older, most) = (remind.older_than, remind.max_mails);
    let what = described(&People::default(), &accounts, &remind.mailing);
    let what = format!("{what} older-than={older} max-mails={most}")
        .trim()
        .to_owned();
    let request = mailing(
        app,
        ("remind", what),
        &People::default(),
        &remind.mailing,
        rules,
    )?;
    carry_out(app, request).await
}

pub async fn cancel(app: &mut App, cancel: Cancel) -> Result<Exit, Failure> {
    if !is_named(&cancel.people) && cancel.accounts.state.is_empty() {
        return Err(Failure::usage(
            "nobody was named: give addresses, --from-csv FILE, or --state",
            "`unmanaged cancel --state invited --older-than 60d --dry-run` plans for open invitations",
        ));
    }
    let rules = Rules {
        states: cancel.accounts.state.clone(),
        domain: cancel.accounts.domain.clone(),
        older_than: cancel.older_than,
        ..rules(Action::Cancel)
    };
    let bounds = Mailing {
        limit: cancel.limit,
        exclude_from: Vec::new(),
        dry_run: cancel.dry_run,
        yes: cancel.yes,
        max_people: cancel.max_people,
    };
    let what = described(&cancel.people, &cancel.accounts, &bounds);
    let request = mailing(app, ("cancel", what), &cancel.people, &bounds, rules)?;
    carry_out(app, request).await
}

fn is_named(people: &People) -> bool {
    !people.addresses.is_empty() || !people.from_csv.is_empty()
}

fn is_confluent(app: &App) -> Result<bool, Failure> {
    match (app.global.fake, app.global.service) {
        (_, Some(service)) => Ok(service == ServiceName::Confluent),
        (true, None) => Ok(false),
        (false, None) => Ok(app.profile()?.service == "confluent"),
    }
}

fn rules(action: Action) -> Rules {
    Rules {
        action,
        states: Vec::new(),
        domain: None,
        invited_within: Age(0),
        older_than: None,
        max_mails: None,
        retry_presumed: false,
        unlisted: Unlisted::NotUnmanaged,
        now: 0,
    }
}

fn mailing(
    app: &App,
    (command, arguments): (&'static str, String),
    people: &People,
    bounds: &Mailing,
    rules: Rules,
) -> Result<Request, Failure> {
    let named = match is_named(people) {
        true => Some(named(app, people)?),
        false => None,
    };
    Ok(Request {
        command,
        arguments,
        named,
        excluded: excluded(app, &bounds.exclude_from)?,
        rules,
        check_unlisted: false,
        limit: bounds.limit,
        dry_run: bounds.dry_run,
        yes: bounds.yes,
        max_people: bounds.max_people,
    })
}

/// The arguments of a run for its audit row: files and bounds, and no address.
fn described(people: &People, accounts: &Accounts, bounds: &Mailing) -> String {
    let mut parts = Vec::new();
    if !people.addresses.is_empty() {
        parts.push(format!("addresses={}", people.addresses.len()));
    }
    let files = people.from_csv.iter();
    parts.extend(files.map(|file| format!("from-csv={}", crate::folders::shown(file))));
    let states: Vec<_> = accounts
        .state
        .iter()
        .map(|state| state.0.as_str())
        .collect();
    if !states.is_empty() {
        parts.push(format!("state={}", states.join(",")));
    }
    parts.extend(
        accounts
            .domain
            .iter()
            .map(|domain| format!("domain={domain}")),
    );
    parts.extend(bounds.limit.map(|limit| format!("limit={limit}")));
    let files = bounds.exclude_from.iter();
    parts.extend(files.map(|file| format!("exclude-from={}", crate::folders::shown(file))));
    parts.extend(bounds.max_people.map(|most| format!("max-people={most}")));
    if bounds.yes {
        parts.push("yes".to_owned());
    }
    parts.join(" ")
}
