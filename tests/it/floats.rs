//! Numbers come out of a client as they went in.

use generated_client::runtime::JsonValue;
use serde_json::json;
use tests::fixtures::numbers::types::Shelf;

/// How many bit patterns are tried.
const SAMPLES: usize = 20_000;

/// The same numbers in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Checks that a number is the same, to the bit, after it was written and read: in a field, and where
/// anything may stand.
fn unchanged(number: f64) {
    let mut shelf = Shelf::default();
    shelf.double = Some(number);
    shelf.float = Some(number);
    shelf.list = vec![number];
    let text = serde_json::to_string(&shelf).unwrap();
    let read: Shelf = serde_json::from_str(&text).unwrap();
    let bits = |number: Option<f64>| number.map(f64::to_bits);
    for found in [read.double, read.float, read.list.first().copied()] {
        assert_eq!(bits(found), Some(number.to_bits()), "{text}");
    }
    let value: JsonValue = serde_json::from_str(&text).unwrap();
    assert_eq!(
        bits(value["double"].as_f64()),
        Some(number.to_bits()),
        "{text}"
    );
    assert_eq!(
        serde_json::to_string(&value["double"]).unwrap(),
        number_text(&text),
        "{text}"
    );
}

/// The first number of a message.
fn number_text(text: &str) -> &str {
    text.split_once(':')
        .unwrap()
        .1
        .split([',', '}'])
        .next()
        .unwrap()
}

#[test]
fn floats_round_trip() {
    let mut random = Random(2_111_480_611_048_729);
    let mut tried = 0;
    while tried < SAMPLES {
        let number = f64::from_bits(random.next());
        if number.is_finite() {
            unchanged(number);
            tried += 1;
        }
    }
    for number in [
        0.0,
        -0.0,
        f64::MIN,
        f64::MAX,
        f64::MIN_POSITIVE,
        f64::EPSILON,
        5e-324,
        0.1 + 0.2,
    ] {
        unchanged(number);
    }
}

#[test]
#[allow(clippy::cast_precision_loss)] // 53 bits are a float's.
fn coordinates_round_trip() {
    let mut random = Random(7);
    for _ in 0..SAMPLES / 4 {
        // All digits that there are, and six or seven behind the point.
        unchanged((random.next() >> 11) as f64 / (1_u64 << 53) as f64 * 360.0 - 180.0);
        let seven = (random.next() % 3_600_000_001) as f64;
        unchanged(seven / 1e7 - 180.0);
        unchanged(format!("{:.6}", seven / 1e7 - 180.0).parse().unwrap());
    }
}

#[test]
#[allow(clippy::cast_precision_loss)]
fn integers_round_trip() {
    let mut random = Random(63);
    let fixed = [
        0,
        1,
        2_111_480_611_048_729,
        1 << 53,
        i64::MAX as u64,
        u64::MAX,
    ];
    let all = fixed
        .into_iter()
        .chain((0..SAMPLES as u64).map(|index| random.next() >> (index % 64)));
    for integer in all {
        // Where anything may stand, every integer of 64 bits.
        let value: JsonValue = serde_json::from_str(&integer.to_string()).unwrap();
        assert_eq!(value, json!(integer));
        assert_eq!(value.to_string(), integer.to_string());
        // In a float, those of 53 bits; of the others the nearest, which does not change any more.
        let shelf: Shelf = serde_json::from_str(&json!({ "double": integer }).to_string()).unwrap();
        let number = shelf.double.unwrap();
        assert_eq!(number.to_bits(), (integer as f64).to_bits());
        if integer <= 1 << 53 {
            assert_eq!(number as u64, integer);
        }
        unchanged(number);
    }
}
