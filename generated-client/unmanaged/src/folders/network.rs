//! File systems of other machines, on which the locks of a journal do not hold.
//!
//! On Linux the table of mounts says what a folder is on; on Windows a path with two backslashes is another
//! machine's. Other systems are not checked.

use std::fs;
use std::path::Path;

use crate::exit::{Exit, Failure};

/// Types of file systems that are another machine's.
const NETWORK: [&str; 24] = [
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse.ceph",
    "fuse.davfs2",
    "fuse.gcsfuse",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "smb3",
    "smbfs",
    "vboxsf",
];

/// Refuses a folder on another machine.
///
/// # Errors
///
/// It is one.
pub fn refuse_network(folder: &Path) -> Result<(), Failure> {
    let folder = fs::canonicalize(folder)?;
    let remote = match fs::read_to_string("/proc/self/mountinfo") {
        Ok(mounts) => network_mount(&mounts, &folder),
        Err(_) => is_unc(&folder).then(|| "a network share".to_owned()),
    };
    match remote {
        None => Ok(()),
        Some(kind) => Err(Failure::new(
            Exit::Setup,
            format!("the journal's folder is on another machine ({kind}): locks do not hold there"),
            format!("set {} to a folder of this machine", super::DATA),
        )),
    }
}

/// The type of the file system of a folder, where it is another machine's. `mounts` is what Linux says of them.
///
/// Source: <https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html>.
pub fn network_mount(mounts: &str, folder: &Path) -> Option<String> {
    let of_the_folder = mounts.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let point = unescaped(before.split(' ').nth(4)?);
        let kind = after.split(' ').next()?;
        folder
            .starts_with(&point)
            .then_some((point.len(), kind.to_owned()))
    });
    // The last of the longest: a mount hides what was mounted there before.
    let (_, kind) = of_the_folder.max_by_key(|(length, _)| *length)?;
    NETWORK.contains(&kind.as_str()).then_some(kind)
}

/// A path of the table: blanks and the like are three octal digits.
fn unescaped(text: &str) -> String {
    let escapes = [
        ("\\040", " "),
        ("\\011", "\t"),
        ("\\012", "\n"),
        ("\\134", "\\"),
    ];
    let plain = |text: String, (from, to): (&str, &str)| text.replace(from, to);
    escapes.into_iter().fold(text.to_owned(), plain)
}

fn is_unc(folder: &Path) -> bool {
    let text = folder.to_string_lossy();
    let local = text.strip_prefix(r"\\?\").unwrap_or(&text);
    local.starts_with(r"\\") || local.starts_with("UNC\\")
}
