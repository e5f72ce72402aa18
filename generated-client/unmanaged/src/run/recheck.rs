//! What a newer list changes in a run: unknown outcomes are settled, and people who were mailed by others, or have
//! responded, are not mailed any more.

use crate::exit::Failure;
use crate::journal::{Journal, Run, Status, Stored, evidence, recorded};
use crate::settle::{Doubt, READ_AFTER, Seen, Verdict, settle};

/// Settles and rechecks the rows of a run by the newest list. Returns the seconds until another read can settle
/// more; `None` where nothing is left to settle soon.
///
/// # Errors
///
/// The journal fails.
pub fn recheck(
    journal: &Journal,
    run: &Run,
    is_confluent: bool,
    at: i64,
) -> Result<Option<i64>, Failure> {
    let mut wait: Option<i64> = None;
    journal.in_one_step(|| {
        journal.with_listed(run.id, Status::Unknown, |mut item, listed| {
            let mut now = listed.as_ref().map(seen);
            // Confluent lists invitations alone: none is a counter of zero.
            if is_confluent {
                item.before = item.before.or_else(|| Some(absent()));
                now = now.or_else(|| Some(absent()));
            }
            let verdict = match run.cancels() {
                true => settle_cancel(&item, now.as_ref(), at),
                false => settle(&evidence(&item, now.clone(), at)),
            };
            let again = match verdict {
                Verdict::Wait(seconds) => Some(seconds),
                Verdict::Unknown(Doubt::UnchangedOnce) => Some(READ_AFTER),
                _ => None,
            };
            wait = wait.into_iter().chain(again).min();
            let unchanged = verdict == Verdict::Unknown(Doubt::UnchangedOnce);
            match recorded(verdict) {
                Some(outcome) => journal.record_read(&item, now.as_ref(), outcome, (unchanged, at)),
                None => Ok(()),
            }
        })?;
        recheck_planned(journal, run, at)
    })?;
    Ok(wait)
}

/// People who are not what they were when the run was planned.
fn recheck_planned(journal: &Journal, run: &Run, at: i64) -> Result<(), Failure> {
    journal.with_listed(run.id, Status::Planned, |item, listed| {
        let now = listed.as_ref().map(seen);
        let history = journal.history(&item.address)?;
        if !run.cancels() && (history.unsettled_in.is_some() || history.forgotten) {
            let reason = if history.forgotten {
                "forgotten"
            } else {
                "outcome_unknown"
            };
            return journal.mark(item.id, Status::Skipped, (reason, ""), at);
        }
        match (&item.before, &now) {
            (before, now) if before == now => Ok(()),
            // A list can miss an account that changed while it was read; the server refuses one that is gone.
            (_, None) => Ok(()),
            // It was too new for the first list, and was never mailed.
            (None, Some(seen)) if seen.state == "NOT_YET_SENT" && seen.mails == 0 => {
                journal.set_before(item.id, now.as_ref())
            }
            _ => journal.mark(item.id, Status::Skipped, ("changed", ""), at),
        }
    })
}

/// A cancellation is settled by the state, and mails nobody: one late read is enough.
fn settle_cancel(item: &crate::journal::Item, now: Option<&Seen>, at: i64) -> Verdict {
    let evidence = evidence(item, now.cloned(), at);
    if evidence.since_attempt < READ_AFTER {
        return Verdict::Wait(READ_AFTER - evidence.since_attempt);
    }
    match now.map(|now| now.state.as_str()) {
        Some("NOT_YET_SENT" | "DEACTIVATED" | "") => Verdict::Sent(crate::settle::Note::Once),
        Some("ACCEPTED" | "DECLINED") => Verdict::Responded,
        Some(_) => Verdict::PresumedNotSent,
        None => Verdict::Gone,
    }
}

fn seen(listed: &Stored) -> Seen {
    Seen::new(listed.mails, listed.state.clone())
}

fn absent() -> Seen {
    Seen::new(0, "")
}
