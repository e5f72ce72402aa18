//! A gzip file of about a megabyte that decompresses into a gigabyte of blanks.
//!
//! It is one member, so that a reader who stops after the first member does not get away; and it is
//! put together from one compressed block, so that making it costs nothing.

use std::sync::OnceLock;

use axum::body::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress};

/// The length of a block, unpacked.
const BLOCK: usize = 1 << 20;
/// How often the number of blocks doubles: 1,024 of them.
const DOUBLINGS: u32 = 10;

/// The header of a gzip file: deflate, no name, no time.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// The last block of deflate, an empty one.
const LAST_BLOCK: [u8; 2] = [0x03, 0x00];

/// The file, which is made once.
pub(crate) fn gigabyte() -> Bytes {
    static FILE: OnceLock<Bytes> = OnceLock::new();
    FILE.get_or_init(make).clone()
}

fn make() -> Bytes {
    let blanks = vec![b' '; BLOCK];
    let mut block = Vec::with_capacity(BLOCK);
    let mut compress = Compress::new(Compression::best(), false);
    // After a full flush a block depends on nothing before it, so it can be repeated. Compressing
    // into memory that suffices does not fail.
    let _ = compress.compress_vec(&blanks, &mut block, FlushCompress::Full);
    let mut checksum = Crc::new();
    checksum.update(&blanks);
    for _ in 0..DOUBLINGS {
        let mut twice = Crc::new();
        twice.combine(&checksum);
        twice.combine(&checksum);
        checksum = twice;
    }
    let mut file = HEADER.to_vec();
    for _ in 0..1 << DOUBLINGS {
        file.extend(&block);
    }
    file.extend(LAST_BLOCK);
    file.extend(checksum.sum().to_le_bytes());
    file.extend(checksum.amount().to_le_bytes());
    Bytes::from(file)
}
