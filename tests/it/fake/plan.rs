//! Which requests meet with a fault: exactly those that were asked for.

use generated_client_fake::{FakeServer, Fault, Hint, Method, Rule};

use super::{LIST, call, one_of_each};

/// The statuses of so many calls of `get`.
async fn statuses(fake: &FakeServer, calls: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..calls {
        statuses.push(
            call(fake, "GET", &format!("{LIST}/new@example.com"))
                .await
                .0,
        );
    }
    statuses
}

fn count(statuses: &[u16], status: u16) -> usize {
    statuses.iter().filter(|found| **found == status).count()
}

#[tokio::test]
async fn faults_occur_when_requested() {
    let cases = [
        (Rule::from(Fault::Internal), vec![500, 500, 500, 500]),
        (Fault::Internal.nth(1), vec![500, 200, 200, 200]),
        (Fault::Internal.nth(3), vec![200, 200, 500, 200]),
        (Fault::Internal.first(2), vec![500, 500, 200, 200]),
        (Fault::Internal.first(0), vec![200, 200, 200, 200]),
        (Fault::Internal.percent(0), vec![200, 200, 200, 200]),
        (Fault::Internal.percent(100), vec![500, 500, 500, 500]),
        (
            Fault::Internal.on(Method::Get).nth(2),
            vec![200, 500, 200, 200],
        ),
        (Fault::Internal.on(Method::List), vec![200, 200, 200, 200]),
    ];
    for (rule, expected) in cases {
        let fake = one_of_each().fault(rule.clone()).start().await.unwrap();
        let found = statuses(&fake, expected.len()).await;
        assert_eq!(found, expected, "{rule:?}");
        assert_eq!(
            fake.faults(Method::Get) as usize,
            count(&expected, 500),
            "{rule:?}"
        );
        assert_eq!(
            fake.requests(Method::Get) as usize,
            expected.len(),
            "{rule:?}"
        );
    }
}

#[tokio::test]
async fn the_nth_is_counted_by_method_and_from_the_injection_on() {
    let fake = one_of_each().start().await.unwrap();
    statuses(&fake, 5).await;
    fake.inject(Fault::Internal.on(Method::Get).nth(2));
    call(&fake, "GET", LIST).await;
    assert_eq!(statuses(&fake, 3).await, [200, 500, 200]);
}

#[tokio::test]
async fn a_rate_is_exact_in_every_hundred_and_the_seed_says_where() {
    let run = async |seed, percent| {
        let rule = Fault::Internal.on(Method::Get).percent(percent);
        let fake = one_of_each().seed(seed).fault(rule).start().await.unwrap();
        statuses(&fake, 200).await
    };
    for percent in [1, 10, 33] {
        let found = run(1, percent).await;
        for hundred in found.chunks(100) {
            assert_eq!(count(hundred, 500), usize::from(percent), "{percent} %");
        }
        assert_ne!(
            found[..100],
            found[100..],
            "{percent} %: the same in both hundreds"
        );
        assert_eq!(found, run(1, percent).await, "the same seed");
        assert_ne!(found, run(2, percent).await, "another seed");
    }
}

#[tokio::test]
async fn rules_for_one_request_apply_in_turn() {
    let fake = one_of_each()
        .fault(Fault::Internal.percent(20))
        .fault(Fault::Unavailable(Hint::Nothing).percent(20))
        .fault(Fault::BadGateway.on(Method::List))
        .start()
        .await
        .unwrap();
    let found = statuses(&fake, 100).await;
    assert_eq!(count(&found, 500), 20);
    // Where both would have come last, the second waits for a request that does not come.
    assert!((19..=20).contains(&count(&found, 503)), "{found:?}");
    assert_eq!(fake.faults(Method::Get) as usize, 100 - count(&found, 200));
}

#[tokio::test]
async fn no_fault_is_left_after_clearing() {
    let fake = one_of_each().fault(Fault::Internal).start().await.unwrap();
    assert_eq!(statuses(&fake, 1).await, [500]);
    fake.clear_faults();
    assert_eq!(statuses(&fake, 1).await, [200]);
}

#[test]
fn rules_are_read_from_text() {
    let cases = [
        ("internal", Rule::from(Fault::Internal)),
        ("internal@3", Fault::Internal.nth(3)),
        ("internal@first-3", Fault::Internal.first(3)),
        (
            "send:reset-after@2",
            Fault::ResetAfter.on(Method::Send).nth(2),
        ),
        (
            "list:unavailable-seconds@10%",
            Fault::Unavailable(Hint::Seconds(1))
                .on(Method::List)
                .percent(10),
        ),
        (
            "token:too-many-requests",
            Fault::TooManyRequests(Hint::Nothing).on(Method::Token),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(text.parse::<Rule>().as_ref(), Ok(&expected), "{text}");
    }
    for text in [
        "",
        "x",
        "internal@",
        "internal@0",
        "internal@101%",
        "internal@-1",
        "x:internal",
        ":internal",
    ] {
        let error = text.parse::<Rule>().expect_err(text).to_string();
        assert!(
            error.contains("compressed-bomb"),
            "the message lists what there is: {error}"
        );
    }
}
