//! A home folder of its own for each test, and the program in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use generated_client_fake::FakeServer;
use tempfile::TempDir;

/// What time it is in tests: 2026-09-21T14:13:20Z.
pub const NOW: i64 = 1_790_000_000;

/// A home folder.
pub struct Sandbox {
    folder: TempDir,
    env: BTreeMap<String, String>,
}

/// What the program did.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Sandbox {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut sandbox = Self {
            folder,
            env: BTreeMap::new(),
        };
        let path = |name: &str| sandbox.path(name).display().to_string();
        let env = [
            ("UNMANAGED_CONFIG_DIR", path("config")),
            ("UNMANAGED_DATA_DIR", path("data")),
            ("HOME", path("home")),
            ("USER", "grace".to_owned()),
            ("UNMANAGED_CLOCK", NOW.to_string()),
        ];
        sandbox.env = env.map(|(name, value)| (name.to_owned(), value)).into();
        sandbox
    }

    /// One that calls this fake as its administrator, by the credentials of the environment.
    pub fn of(fake: &FakeServer) -> Self {
        let mut sandbox = Self::new();
        let file = sandbox.write("user.json", fake.authorized_user().as_bytes());
        sandbox.set(
            "GOOGLE_APPLICATION_CREDENTIALS",
            &file.display().to_string(),
        );
        sandbox.set("UNMANAGED_SERVER", fake.base_url());
        let profile = r#"{"service": "google", "customer": "C0fake123"}"#;
        sandbox.write("config/default.json", profile.as_bytes());
        sandbox
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.env.insert(name.to_owned(), value.to_owned());
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, for its owner alone.
    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::Permissions::from_mode(0o600);
            std::fs::set_permissions(&path, mode).unwrap();
        }
        path
    }

    /// The program, with the variables of this sandbox alone.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unmanaged"));
        command
            .args(args)
            .env_clear()
            .envs(&self.env)
            .current_dir(self.folder.path());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    pub fn run_with(&self, args: &[&str], stdin: &str) -> Ran {
        let mut child = self.spawn(args);
        let mut pipe = child.stdin.take().unwrap();
        pipe.write_all(stdin.as_bytes()).unwrap();
        drop(pipe);
        self.ended(child)
    }

    pub fn spawn(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        let piped = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        piped.spawn().unwrap()
    }

    pub fn ended(&self, child: Child) -> Ran {
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| self.plain(&String::from_utf8(bytes).unwrap());
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Several command lines, with what each prints: for a snapshot.
    pub fn session(&self, lines: &[&[&str]]) -> String {
        let mut text = String::new();
        for line in lines {
            let ran = self.run(line);
            let shown: Vec<_> = line.iter().map(|it| quoted(it)).collect();
            let _ = writeln!(text, "$ unmanaged {}", shown.join(" "));
            text.push_str(&ran.to_string());
            text.push('\n');
        }
        text
    }

    /// A text without what differs from machine to machine.
    pub fn plain(&self, text: &str) -> String {
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let folder = self.folder.path().canonicalize().unwrap();
        let mut text = text
            .replace(&folder.display().to_string(), "~")
            .replace(&self.folder.path().display().to_string(), "~");
        if !host.trim().is_empty() {
            text = text.replace(&format!("@{}", host.trim()), "@host");
            text = text.replace(
                &format!("\"host\":\"{}\"", host.trim()),
                "\"host\":\"host\"",
            );
            text = text.replace(
                &format!("\"host\": \"{}\"", host.trim()),
                "\"host\": \"host\"",
            );
        }
        if let Some(server) = self.env.get("UNMANAGED_SERVER") {
            text = text.replace(server, "http://127.0.0.1:0");
        }
        text
    }
}

fn quoted(argument: &str) -> String {
    match argument.contains([' ', '(', '*', '\n']) {
        true => format!("{argument:?}"),
        false => argument.to_owned(),
    }
}

impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.stdout)?;
        for line in self.stderr.lines() {
            writeln!(f, "! {line}")?;
        }
        match self.code {
            0 => Ok(()),
            code => writeln!(f, "[exit {code}]"),
        }
    }
}

/// A runtime for a fake that a process of its own calls.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
}

/// The journal of the fake's customer.
pub fn journal_folder(sandbox: &Sandbox) -> PathBuf {
    sandbox.path("data/local-C0fake123")
}

/// Every file of a folder, and its bytes.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .map(|path| (path.clone(), std::fs::read(&path).unwrap()))
        .collect()
}
