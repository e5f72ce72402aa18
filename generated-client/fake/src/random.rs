//! Where every random choice comes from: the seed, split by purpose, so that what one part draws
//! does not change what another one gets.

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

/// What random numbers are drawn for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    Accounts = 1,
    Tokens,
    PageTokens,
    ServiceAccount,
    /// The first rule of the fault plan; the next ones follow.
    Faults,
    /// Far behind all rules.
    Confluent = 1 << 24,
}

/// Random numbers for one purpose.
pub(crate) fn stream(seed: u64, purpose: Purpose, part: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream((purpose as u64).saturating_add(part));
    random
}
