//! `show` and `check`: questions about some addresses.

use serde_json::{Value, json};

use super::people::named;
use crate::app::App;
use crate::cli::{Check, Show};
use crate::exit::{Exit, Failure};
use crate::input;
use crate::output::{Format, Printer, print_one};
use crate::words::in_words;

pub async fn show(app: &mut App, show: &Show) -> Result<Exit, Failure> {
    let address = input::address(&show.address)
        .map_err(|why| Failure::usage(why, "addresses look like ada@example.com"))?;
    let (connection, _journal) = app.connect().await?;
    let found = connection.service.show(&address).await?;
    if found.is_empty() {
        return Err(Failure::new(
            Exit::NotFound,
            "there is no such invitation",
            "",
        ));
    }
    for account in &found {
        let raw: Value = serde_json::from_str(&account.raw).unwrap_or(Value::Null);
        let state = match app.format() {
            Format::Table => in_words(&account.state),
            _ => account.state.clone(),
        };
        let cells = [
            ("address", account.address.clone()),
            ("state", state),
            ("emails sent", account.mails.to_string()),
            ("updated", account.update_time.clone().unwrap_or_default()),
            ("name", account.id.clone()),
        ];
        print_one(app.format(), app.screen, &cells, &raw)?;
    }
    Ok(Exit::Done)
}

pub async fn check(app: &mut App, check: &Check) -> Result<Exit, Failure> {
    if check.people.addresses.is_empty() && check.people.from_csv.is_empty() {
        return Err(Failure::usage(
            "nobody was named",
            "give addresses, or --from-csv FILE",
        ));
    }
    let named = named(app, &check.people)?;
    let (connection, _journal) = app.connect().await?;
    if connection.service.is_confluent() {
        let what = "Confluent Cloud's API does not say who can be invited";
        return Err(Failure::usage(what, "`list` shows who was invited"));
    }
    let titles = ["address", "can be invited"];
    let mut printer = Printer::new(app.format(), app.screen, &titles)?;
    let mut invitable = 0;
    for address in &named.addresses {
        let yes = connection.service.is_invitable(address).await? == Some(true);
        invitable += usize::from(yes);
        let cells = [address.clone(), if yes { "yes" } else { "no" }.to_owned()];
        printer.row(
            &cells,
            || json!({"address": address, "isInvitableUser": yes}),
        )?;
    }
    let all = named.addresses.len();
    printer.finish(&format!("{invitable} of {all} can be invited"))?;
    match named.malformed {
        0 => Ok(Exit::Done),
        _ => Ok(Exit::SomeFailed),
    }
}
