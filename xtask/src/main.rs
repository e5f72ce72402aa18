//! The tasks of this workspace.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let code = xtask::run(
        std::env::args_os(),
        &mut Readers(anstream::stdout()),
        &mut Readers(anstream::stderr()),
    );
    ExitCode::from(code)
}

/// A stream whose reader may have read enough, as `head` does: what it does not read is no failure.
struct Readers<W>(W);

impl<W: Write> Write for Readers<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(bytes.len()),
            other => other,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }
}
