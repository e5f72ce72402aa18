//! Runs the fake Cloud Identity until it is stopped.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use generated_client_fake::{FakeServer, Rule};

/// How the fake is set up.
#[derive(Args, Debug)]
pub(crate) struct Fake {
    /// Where to listen; only loopback will do.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    addr: SocketAddr,
    /// How many invitations there are.
    #[arg(long, value_name = "N", default_value_t = 0)]
    invitations: usize,
    /// How many requests of the User Invitation API a minute may have; without a limit if this is not set.
    #[arg(long, value_name = "N")]
    quota_per_minute: Option<usize>,
    /// Where random choices come from: the same seed, the same data.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Where to write a service account's key, made now, for its owner alone to read.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// What goes wrong: [METHOD:]FAULT[@WHEN], where WHEN is N (the n-th request), first-N or P%
    /// (of every hundred). May be repeated. A fault that does not exist lists those that do.
    #[arg(long, value_name = "RULE")]
    fault: Vec<Rule>,
}

/// Serves until Ctrl-C.
pub(crate) fn serve(task: Fake, out: &mut dyn Write) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut builder = FakeServer::builder()
            .address(task.addr)
            .seed(task.seed)
            .invitations(task.invitations);
        if let Some(requests) = task.quota_per_minute {
            builder = builder.quota_per_minute(requests);
        }
        for rule in task.fault {
            builder = builder.fault(rule);
        }
        let fake = builder.start().await?;
        if let Some(path) = &task.key_file {
            write_secret(path, &fake.service_account_key()?)?;
        }
        // The first line says where the server is, for the program that started this one.
        writeln!(out, "{}", fake.base_url())?;
        out.flush()?;
        tokio::signal::ctrl_c().await
    })
}

/// Writes a file that only its owner can read, from the moment that it is there. A file that is
/// there already is replaced: it may be open to others.
fn write_secret(path: &Path, text: &str) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // On Unix, its mode is 0600 from the beginning.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}
