//! The tasks of this workspace.

use std::process::ExitCode;

fn main() -> ExitCode {
    let code = xtask::run(
        std::env::args_os(),
        &mut anstream::stdout(),
        &mut anstream::stderr(),
    );
    ExitCode::from(code)
}
