//! Queries of people: SELECT alone, over three views.

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};

use super::Journal;
use crate::exit::Failure;

/// A row: its cells, and the same as an object.
pub type SqlRow = (Vec<String>, Value);

impl Journal {
    /// Runs a query. The function gets the columns once, then each row.
    ///
    /// # Errors
    ///
    /// It is no SELECT, or SQLite does not take it.
    pub fn select(
        &self,
        query: &str,
        mut begin: impl FnMut(&[&str]) -> Result<(), Failure>,
        mut each: impl FnMut(SqlRow) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.db.execute_batch("PRAGMA query_only=ON")?;
        self.db.authorizer(Some(select_alone))?;
        let refused = |error| refused(&error, query);
        let text = stackql(query);
        if text.trim().is_empty() {
            let help =
                "`unmanaged sql \"SELECT state, count(*) FROM userinvitations GROUP BY state\"`";
            return Err(Failure::usage("the query is empty", help));
        }
        let mut statement = self.db.prepare(&text).map_err(refused)?;
        let columns: Vec<String> = statement
            .column_names()
            .iter()
            .map(|it| (*it).to_owned())
            .collect();
        let titles: Vec<&str> = columns.iter().map(String::as_str).collect();
        begin(&titles)?;
        let mut rows = statement.query([]).map_err(refused)?;
        while let Some(row) = rows.next().map_err(refused)? {
            let (mut cells, mut object) = (Vec::new(), Map::new());
            for (place, column) in columns.iter().enumerate() {
                let (cell, value) = shown(row.get_ref(place)?);
                cells.push(cell);
                object.insert(column.clone(), value);
            }
            each((cells, Value::Object(object)))?;
        }
        Ok(())
    }
}

fn refused(error: &rusqlite::Error, query: &str) -> Failure {
    let what = match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::AuthorizationForStatementDenied) => {
            "only SELECT is allowed, over userinvitations, runs and sends".to_owned()
        }
        // It says what of the query is wrong; the query is what the user has just written.
        _ => error.to_string(),
    };
    Failure::usage(what, help(query))
}

/// What to do about a query that is not taken.
fn help(query: &str) -> &'static str {
    match query.trim_start().get(..4) {
        Some(word) if word.eq_ignore_ascii_case("exec") => {
            "…send is `unmanaged invite ADDRESS`, …cancel is `unmanaged cancel ADDRESS`, \
             …is_invitable_user is `unmanaged check ADDRESS`"
        }
        _ => "`unmanaged sql --help` names the tables and their columns",
    }
}

/// The authorizer: reading, functions, and nothing else. The hashes of forgotten people and their key are not
/// readable.
fn select_alone(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Recursive => Authorization::Allow,
        AuthAction::Function { function_name } if function_name != "load_extension" => {
            Authorization::Allow
        }
        AuthAction::Read { table_name, .. } => {
            let is_hidden = ["secret", "forgotten"].contains(&table_name);
            match is_hidden || table_name.starts_with("sqlite_") {
                true => Authorization::Deny,
                false => Authorization::Allow,
            }
        }
        _ => Authorization::Deny,
    }
}

/// A value as a cell, and in JSON.
fn shown(value: ValueRef<'_>) -> (String, Value) {
    match value {
        ValueRef::Null => (String::new(), Value::Null),
        ValueRef::Integer(number) => (number.to_string(), number.into()),
        ValueRef::Real(number) => (number.to_string(), number.into()),
        ValueRef::Text(text) => {
            let text = String::from_utf8_lossy(text).into_owned();
            (text.clone(), text.into())
        }
        ValueRef::Blob(bytes) => {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            (hex.clone(), hex.into())
        }
    }
}

/// A query as StackQL has it: `google.cloudidentity.userinvitations` is the view `userinvitations`. Text in
/// quotation marks, and comments, stay as they are.
pub fn stackql(query: &str) -> String {
    const LONG: &str = "google.cloudidentity.userinvitations";
    const SHORT: &str = "userinvitations";
    let mut text = String::with_capacity(query.len());
    let mut rest = query;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' | '`' => closing(rest, &first.to_string()),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => match rest.get(..LONG.len()) {
                Some(name) if name.eq_ignore_ascii_case(LONG) => {
                    text.push_str(SHORT);
                    rest = &rest[LONG.len()..];
                    continue;
                }
                _ => first.len_utf8(),
            },
        };
        text.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    text
}

/// The length of a text in quotation marks.
fn closing(text: &str, mark: &str) -> usize {
    let end = text[mark.len()..].find(mark);
    end.map_or(text.len(), |end| end + 2 * mark.len())
}
