//! Which scopes a client asks for, if nobody says.

use super::Operation;

/// As few scopes as allow every operation: again and again the one that allows the most of those that
/// are left, and of several the one that its operation names first.
pub(super) fn fewest(operations: &[&Operation]) -> Vec<String> {
    let mut left: Vec<_> = operations.iter().map(|it| it.allowed_scopes()).collect();
    left.retain(|allowed| !allowed.is_empty());
    let mut chosen = Vec::new();
    loop {
        let mut best = ("", 0);
        for scope in left.iter().copied().flatten() {
            let count = left
                .iter()
                .filter(|allowed| allowed.contains(scope))
                .count();
            if count > best.1 {
                best = (scope, count);
            }
        }
        if best.1 == 0 {
            return chosen;
        }
        left.retain(|allowed| !allowed.contains(&best.0));
        chosen.push(best.0.to_owned());
    }
}
