//! A list of invitations, for people and for programs.

use std::error::Error;
use std::io::{self, Write as _};

use comfy_table::presets::UTF8_BORDERS_ONLY;
use comfy_table::{Attribute, Cell, Color, Table};
use generated_client::cloudidentity::{State, UserInvitation, UserInvitationName};

use crate::arguments::Form;

const COLUMNS: [&str; 4] = ["address", "state", "emails sent", "updated"];

/// Prints a list.
pub fn print(list: &[UserInvitation], form: Form) -> Result<(), Box<dyn Error>> {
    match form {
        Form::Table => print_table(list),
        Form::Json => {
            serde_json::to_writer_pretty(io::stdout().lock(), list)?;
            println!();
            Ok(())
        }
        Form::Csv => print_csv(list),
    }
}

/// The state, in words.
pub fn state(invitation: &UserInvitation) -> String {
    let state = invitation.state.as_ref().map(State::as_str);
    state
        .unwrap_or("STATE_UNSPECIFIED")
        .to_lowercase()
        .replace('_', " ")
}

fn print_table(list: &[UserInvitation]) -> Result<(), Box<dyn Error>> {
    let mut table = Table::new();
    let bold = |title| Cell::new(title).add_attribute(Attribute::Bold);
    table
        .load_preset(UTF8_BORDERS_ONLY)
        .set_header(COLUMNS.map(bold));
    for invitation in list {
        let [address, _, emails, updated] = row(invitation)?;
        let state = Cell::new(state(invitation)).fg(colour(invitation));
        table.add_row([
            Cell::new(address),
            state,
            Cell::new(emails),
            Cell::new(updated),
        ]);
    }
    writeln!(
        io::stdout().lock(),
        "{table}\n{} unmanaged users, those that changed last first; accounts whose invitation was accepted are \
         managed, and left out",
        list.len()
    )?;
    Ok(())
}

fn print_csv(list: &[UserInvitation]) -> Result<(), Box<dyn Error>> {
    let mut csv = csv::Writer::from_writer(io::stdout().lock());
    csv.write_record(COLUMNS.map(|title| title.replace(' ', "_")))?;
    for invitation in list {
        csv.write_record(row(invitation)?)?;
    }
    csv.flush()?;
    Ok(())
}

fn row(invitation: &UserInvitation) -> Result<[String; 4], Box<dyn Error>> {
    let name = invitation.name.as_deref().unwrap_or_default();
    let name: UserInvitationName = name.parse()?;
    let state = invitation.state.as_ref().map(State::as_str);
    let updated = invitation
        .update_time
        .map(|time| time.format("%F %T %:z").to_string());
    Ok([
        name.email().to_owned(),
        state.unwrap_or_default().to_owned(),
        invitation.mails_sent_count.unwrap_or(0).to_string(),
        updated.unwrap_or_default(),
    ])
}

fn colour(invitation: &UserInvitation) -> Color {
    match &invitation.state {
        Some(State::Invited) => Color::Yellow,
        Some(State::Declined) => Color::Red,
        _ => Color::Reset,
    }
}
