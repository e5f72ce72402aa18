//! Connections: which ones calls use, what happens where one does not come about, and proxies.

mod causes;
mod connecting;
mod http2;
mod idle;
mod proxies;
mod reuse;
mod server;

use std::env;
use std::process::Command;

use generated_client::cloudidentity::{Client, Invitation};
use generated_client::runtime::Builder;

use crate::reliability::{ADA, VirtualClock};

/// Is set in a process that runs one test again.
const CHILD: &str = "CHILD_OF_A_TEST";

/// Runs a test of this program in a process of its own, where `text` is [`child`].
fn run_again(test: &str, text: &str) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]);
    command.env(CHILD, text);
    command
}

/// What the process that runs a test in another one has to say to it; nothing in that process.
fn child() -> Option<String> {
    env::var(CHILD).ok()
}

/// A client of this server that does not wait between its attempts.
fn builder(base_url: &str) -> Builder<Client> {
    Client::builder()
        .base_url(base_url)
        .token("ya29.token")
        .clock(VirtualClock::default())
}

fn invitation(client: &Client) -> Invitation {
    client.customer("C1").unwrap().invitation(ADA).unwrap()
}
