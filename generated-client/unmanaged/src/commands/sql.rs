//! `sql`.

use std::cell::RefCell;

use crate::app::App;
use crate::cli::Sql;
use crate::clock::rfc3339;
use crate::exit::{Exit, Failure};
use crate::output::Printer;

pub fn sql(app: &App, sql: &Sql) -> Result<Exit, Failure> {
    let journal = app.journal()?;
    match journal.listed()? {
        Some(at) => app.say(&format!(
            "listed at {}; `unmanaged list` refreshes it",
            rfc3339(at)
        )),
        None => app.say("nothing was listed yet: `unmanaged list` does that"),
    }
    let printer = RefCell::new(None);
    journal.select(
        &sql.query,
        |columns| {
            let begun = Printer::new(app.format(), app.screen, columns)?;
            printer.replace(Some(begun));
            Ok(())
        },
        |(cells, json)| match printer.borrow_mut().as_mut() {
            Some(printer) => Ok(printer.row(&cells, || json)?),
            None => Ok(()),
        },
    )?;
    if let Some(printer) = printer.into_inner() {
        printer.finish("")?;
    }
    Ok(Exit::Done)
}
