//! `list` and `stats`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::app::App;
use crate::cli::{Accounts, List};
use crate::clock::rfc3339;
use crate::exit::{Exit, Failure};
use crate::journal::Stored;
use crate::output::{Format, Printer};
use crate::words::{in_words, thousands};

/// How long a day is in RFC 3339.
const DAY: usize = 10;
/// How many rows a table has on a terminal, where nothing is said.
const SHORT: u32 = 20;

pub async fn list(app: &mut App, list: &List) -> Result<Exit, Failure> {
    let (connection, mut journal) = app.connect().await?;
    app.refresh(&connection, &mut journal).await?;
    let now = app.clock.now();
    let (mut all, mut widest) = (0_i64, 0);
    journal.each_listed(|account| {
        if is_wanted(&account, list, now) {
            all += 1;
            widest = widest.max(account.address.chars().count());
        }
        Ok(())
    })?;
    let limit = limit(app, list);
    let columns = [
        ("address", widest),
        ("state", 12),
        ("emails sent", 0),
        ("updated", DAY),
    ];
    let mut printer = Printer::sized(app.format(), app.screen, columns.into_iter())?;
    let mut shown = 0;
    journal.each_listed(|account| {
        if shown >= limit || !is_wanted(&account, list, now) {
            return Ok(());
        }
        shown += 1;
        let raw = || serde_json::from_str(&account.raw).unwrap_or(Value::Null);
        Ok(printer.row(&cells(app, &account), raw)?)
    })?;
    let number = thousands(all);
    let note = match shown < all {
        true => format!("{} of {number}; --limit 0 shows all", thousands(shown)),
        false => format!("{number} accounts"),
    };
    printer.finish(&note)?;
    if shown < all && app.format() != Format::Table {
        app.say(&note);
    }
    Ok(Exit::Done)
}

/// How many rows are shown.
fn limit(app: &App, list: &List) -> i64 {
    let usual = match app.format() == Format::Table && app.screen.is_terminal {
        true => SHORT,
        false => 0,
    };
    match i64::from(list.limit.unwrap_or(usual)) {
        0 => i64::MAX,
        limit => limit,
    }
}

fn cells(app: &App, account: &Stored) -> [String; 4] {
    let updated = account.updated.map(rfc3339).unwrap_or_default();
    let (address, mails) = (account.address.clone(), account.mails.to_string());
    match app.format() {
        // The day is enough for people.
        Format::Table => {
            let day = updated.chars().take(DAY).collect();
            [address, in_words(&account.state), mails, day]
        }
        _ => [address, account.state.clone(), mails, updated],
    }
}

fn is_wanted(account: &Stored, list: &List, now: i64) -> bool {
    let unchanged_for = account.updated.map_or(i64::MAX, |updated| now - updated);
    is_selected(account, &list.accounts)
        && list.updated_before.is_none_or(|age| unchanged_for >= age.0)
}

fn is_selected(account: &Stored, accounts: &Accounts) -> bool {
    let state = |wanted: &crate::words::StateName| wanted.0 == account.state;
    let domain = domain(&account.address);
    (accounts.state.is_empty() || accounts.state.iter().any(state))
        && accounts
            .domain
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(domain))
}

fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

pub async fn stats(app: &mut App) -> Result<Exit, Failure> {
    let (connection, mut journal) = app.connect().await?;
    app.refresh(&connection, &mut journal).await?;
    let (mut states, mut domains) = (BTreeMap::new(), BTreeMap::new());
    let mut all = 0_i64;
    journal.each_listed(|account| {
        all += 1;
        *states.entry(account.state.clone()).or_insert(0_i64) += 1;
        *domains
            .entry(domain(&account.address).to_owned())
            .or_insert(0_i64) += 1;
        Ok(())
    })?;
    let mut printer = Printer::new(app.format(), app.screen, &["by", "value", "accounts"])?;
    for (by, counts) in [("state", &states), ("domain", &domains)] {
        for (value, count) in counts {
            let (shown, number) = match app.format() {
                Format::Table if by == "state" => (in_words(value), thousands(*count)),
                Format::Table => (value.clone(), thousands(*count)),
                _ => (value.clone(), count.to_string()),
            };
            let cells = [by.to_owned(), shown, number];
            printer.row(
                &cells,
                || json!({"by": by, "value": value, "accounts": count}),
            )?;
        }
    }
    printer.finish(&format!("{} accounts", thousands(all)))?;
    Ok(Exit::Done)
}
