//! What `invite`, `remind` and `cancel` have in common: plan, ask, run, report.

use std::collections::HashSet;
use std::io::{self, IsTerminal as _};

use dialoguer::Confirm;

use super::people::Named;
use super::summary::{Plan, print_plan, print_run, tell_failure};
use crate::app::App;
use crate::exit::{Exit, Failure};
use crate::journal::{Journal, NewRun, PlanRow, Stored};
use crate::plan::{Rules, Unlisted, decide};
use crate::run::{Interrupt, Runner};
use crate::service::Connection;
use crate::settle::Seen;
use crate::words::counted;

/// What is to be done, to whom, within which bounds.
#[derive(Clone, Debug)]
pub struct Request {
    /// The command.
    pub command: &'static str,
    /// Its arguments, without addresses.
    pub arguments: String,
    /// Who was named; everyone of the list where it is `None`.
    pub named: Option<Named>,
    /// Who gets nothing.
    pub excluded: HashSet<String>,
    /// The rules of the plan.
    pub rules: Rules,
    /// Whether to ask the API about people whom the list lacks.
    pub check_unlisted: bool,
    /// At most so many people.
    pub limit: Option<u32>,
    /// Print the plan alone.
    pub dry_run: bool,
    /// Ask no question.
    pub yes: bool,
    /// Refuse a plan of more people.
    pub max_people: Option<u32>,
}

/// Plans, asks, and runs.
pub async fn carry_out(app: &mut App, mut request: Request) -> Result<Exit, Failure> {
    if !request.dry_run && !request.yes && !io::stdin().is_terminal() {
        return Err(Failure::usage(
            "there is no terminal to ask on",
            "give --yes --max-people N, or --dry-run",
        ));
    }
    let (connection, mut journal) = app.connect().await?;
    // The plan needs the lock, too: what another run is sending is not in its list yet.
    let lock = match request.dry_run {
        true => None,
        false => Some(journal.lock()?),
    };
    let listed = app.refresh(&connection, &mut journal).await?;
    request.rules.now = app.clock.now();
    if connection.service.is_confluent() {
        request.rules.unlisted = Unlisted::NeverInvited;
    }
    make_plan(&connection, &mut journal, &request).await?;
    let plan = Plan::read(&journal, &request, listed, app.global.rate)?;
    print_plan(app, &plan, request.dry_run)?;
    if request.dry_run || plan.people == 0 {
        return Ok(Exit::Done);
    }
    agree(&plan, &request)?;
    let run = journal.create_run(&NewRun {
        command: request.command,
        now: app.clock.now(),
        subject: connection.subject.as_deref(),
        customer: &connection.customer,
        arguments: &request.arguments,
        malformed: plan.malformed,
        duplicates: plan.duplicates,
    })?;
    let exit = go(app, &connection, &mut journal, run).await;
    drop(lock);
    exit
}

/// Goes on with a run, and prints what became of it.
pub async fn go(
    app: &App,
    connection: &Connection,
    journal: &mut Journal,
    run: i64,
) -> Result<Exit, Failure> {
    let interrupt = Interrupt::listen();
    let row = journal.run(run)?;
    let ended = Runner::new(app, connection, journal, row, interrupt)?
        .go()
        .await;
    let ended = match ended {
        Ok(ended) => ended,
        Err(failure) => {
            // The journal may still be read, so that the counts are told.
            let _ = print_run(app, journal, run);
            return Err(failure);
        }
    };
    tell_failure(app, &ended);
    print_run(app, journal, run)?;
    Ok(super::exit_of_run(&ended, &journal.tally(run)?))
}

async fn make_plan(
    connection: &Connection,
    journal: &mut Journal,
    request: &Request,
) -> Result<(), Failure> {
    journal.begin_plan()?;
    let mut planner = Planner {
        journal,
        request,
        planned: 0,
        place: 0,
    };
    let Some(named) = &request.named else {
        return journal.each_listed(|account| planner.add(&account.address, Some(&account), None));
    };
    for address in &named.addresses {
        let listed = planner.journal.listed_account(address)?;
        let unlisted = match listed.is_none() && request.check_unlisted {
            true => match connection.service.is_invitable(address).await? {
                Some(true) => Some(Unlisted::Invitable),
                _ => None,
            },
            false => None,
        };
        planner.add(address, listed.as_ref(), unlisted)?;
    }
    Ok(())
}

struct Planner<'a> {
    journal: &'a Journal,
    request: &'a Request,
    planned: u32,
    place: i64,
}

impl Planner<'_> {
    fn add(
        &mut self,
        address: &str,
        listed: Option<&Stored>,
        unlisted: Option<Unlisted>,
    ) -> Result<(), Failure> {
        let mut rules = self.request.rules.clone();
        rules.unlisted = unlisted.unwrap_or(rules.unlisted);
        let reason = match self.request.excluded.contains(address) {
            true => "excluded",
            false => decide(listed, &self.journal.history(address)?, &rules),
        };
        let is_beyond = self
            .request
            .limit
            .is_some_and(|limit| self.planned >= limit);
        let reason = match reason.is_empty() && is_beyond {
            true => "beyond_limit",
            false => reason,
        };
        self.place += 1;
        self.planned += u32::from(reason.is_empty());
        self.journal.add_to_plan(&PlanRow {
            address,
            reason,
            before: listed.map(|it| Seen::new(it.mails, it.state.clone())),
            place: self.place,
        })?;
        Ok(())
    }
}

/// The bound, and the question.
fn agree(plan: &Plan, request: &Request) -> Result<(), Failure> {
    let most = request.max_people.map(i64::from);
    if let Some(most) = most.filter(|most| plan.people > *most) {
        return Err(Failure::usage(
            format!(
                "the plan has {} people, and --max-people allows {most}",
                plan.people
            ),
            "nothing was sent; raise --max-people, or lower the plan with --limit",
        ));
    }
    if request.yes {
        return Ok(());
    }
    let question = match request.command {
        "cancel" => format!("Withdraw {}?", counted(plan.people, "invitation")),
        _ => format!("Send {}?", counted(plan.people, "email")),
    };
    let answered = Confirm::new()
        .with_prompt(question)
        .default(false)
        .interact_opt();
    match answered {
        Ok(Some(true)) => Ok(()),
        _ => Err(Failure::new(
            Exit::Interrupted,
            "nothing was sent",
            "--dry-run prints the plan alone",
        )),
    }
}
