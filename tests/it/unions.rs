//! Unions: values are told apart, and come out as they went in.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tests::fixtures::openapi_unions::types::*;

/// A value as it is read. It is written as it came.
fn read<T: DeserializeOwned + Serialize>(value: Value) -> T {
    let read: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), value);
    read
}

/// Checks that a value becomes the variant of this name.
macro_rules! becomes {
    ($($value:tt is $union:ident::$variant:ident;)*) => {$(
        let member: $union = read(json!($value));
        assert!(matches!(member, $union::$variant(_)), "{member:?}");
    )*};
}

#[test]
fn a_discriminator_says_which_member_an_object_is() {
    becomes! {
        { "petType": "cat", "lives": 9 } is Animal::Cat;
        { "petType": "dog", "tricks": ["roll"] } is Animal::Dog;
        { "petType": "wolf", "pack": "grey" } is Animal::Wolf;
        { "petType": "fox" } is Animal::Wolf;
        { "kind": "Adult", "age": 7 } is Guest::Adult;
        { "kind": "Child", "school": "K" } is Guest::Child;
        { "kind": "baby", "weight": 3.5 } is Guest::Infant;
        { "job": "keeper", "id": 1, "animals": 2 } is Staff::Keeper;
        { "job": "guide", "id": 1, "languages": ["eo"] } is Staff::Guide;
    }
}

#[test]
fn a_base_stands_for_what_extends_it() {
    becomes! {
        { "type": "van", "wheels": 4, "load": 900 } is Vehicle::Van;
        { "type": "Bike", "wheels": 2 } is Vehicle::Bike;
        { "type": "EBike", "battery": 80, "towed": { "type": "Bike" } } is Vehicle::EBike;
        { "type": "tram", "rails": true } is Vehicle::Unrecognized;
    }
}

#[test]
fn a_property_with_other_values_in_each_member_is_a_tag() {
    becomes! {
        { "event": "zoo.opened", "at": 9 } is Event::ZooOpened;
        { "event": "zoo.closed", "reason": "rain" } is Event::ZooClosed;
        { "event": "entered", "guest": { "kind": "Adult" } } is Event::Visit;
        { "event": "left" } is Event::Visit;
        { "event": "zoo.moved", "at": 9 } is Event::Unrecognized;
        { "ok": true, "value": "v" } is Result::Value;
        { "ok": false, "code": 4 } is Result::Code;
        { "ok": "maybe", "code": 4 } is Result::Unrecognized;
    }
}

#[test]
fn a_tag_is_written_where_the_member_lacks_it() {
    fn written(union: impl Serialize) -> Value {
        serde_json::to_value(union).unwrap()
    }
    let animal = |member: Animal| written(member);
    assert_eq!(animal(Cat::default().into()), json!({ "petType": "cat" }));
    assert_eq!(animal(Dog::default().into()), json!({ "petType": "dog" }));
    // Two values of the tag stand for it: only the member knows which.
    assert_eq!(animal(Wolf::default().into()), json!({}));
    let mut cat = Cat::default();
    cat.pet_type = Some("lion".to_owned());
    assert_eq!(animal(cat.into()), json!({ "petType": "lion" }));
    let failed = Result::from(ResultCode::default());
    assert_eq!(written(failed), json!({ "ok": false }));
    assert_eq!(
        written(Vehicle::from(EBike::default())),
        json!({ "type": "EBike" })
    );
}

#[test]
fn the_type_in_json_says_which_member_a_value_is() {
    becomes! {
        "north" is Cage::String;
        7 is Cage::Integer;
        7 is Size::Integer;
        7.5 is Size::Number;
        "small" is Size::String;
        "vast" is Size::String;
        true is Size::Boolean;
        "hay" is Food::String;
        ["hay", "oats"] is Food::StringList;
        [[1], [2, 3]] is Food::IntegerListList;
        { "hay": 3 } is Food::Map;
        "2026-11-22T02:08:57Z" is When::DateTime;
        "2026-11-22" is When::Date;
        "never" is When::String;
        "soon" is When::String;
        1 is Setting::Integer;
        "auto" is Setting::String;
        true is Setting::Boolean;
        ["a", ["b", []]] is Tree::List;
    }
    assert_eq!(Cage::from("north"), Cage::String("north".to_owned()));
    assert_eq!(Size::from(7), Size::Integer(7));
}

#[test]
fn the_member_is_taken_that_fits_best() {
    becomes! {
        { "card": "1", "holder": "h", "note": "n" } is Payment::Card;
        { "iban": "1", "holder": "h" } is Payment::Iban;
        { "holder": "h", "note": "n" } is Payment::Coins;
        { "cash": "coins" } is Payment::Coins;
        { "name": "n", "mail": "m" } is Contact::ByMail;
        { "name": "n", "phone": "p" } is Contact::ByPhone;
        { "phone": "p" } is Contact::Unrecognized;
        { "cash": "bills", "holder": "h" } is Payment::Unrecognized;
        [{ "age": 7 }] is Bill::AdultList;
        [{ "kind": "Child" }, { "school": "K" }] is Bill::ChildList;
        [null, { "age": 7 }] is Class::Adults;
        [{ "school": "K" }, null] is Class::Children;
    }
    // A property that the chosen member does not have is dropped, as in any other object.
    let paid: Payment =
        serde_json::from_value(json!({ "card": "1", "iban": "2", "note": "n" })).unwrap();
    assert!(matches!(paid, Payment::Card(_)), "{paid:?}");
}

#[test]
fn a_value_that_is_no_member_is_kept() {
    for value in [
        json!(null),
        json!(true),
        json!([1]),
        json!({ "petType": "bird", "wings": 2 }),
        json!({ "petType": "cat", "lives": "nine" }),
        json!({ "lives": 9 }),
    ] {
        let animal: Animal = read(value.clone());
        assert_eq!(animal, Animal::Unrecognized(value));
    }
}

#[test]
fn objects_that_can_hold_together_are_one_struct() {
    let change: Change = read(json!({ "id": 1, "name": "n", "colour": "red" }));
    assert_eq!(change.colour.as_deref(), Some("red"));
}

#[test]
fn what_comes_to_one_type_is_that_type() {
    let everything: Everything = read(json!({
        "level": "medium",
        "speed": "fast",
        "floor": 1,
        "alias": { "any": "thing" },
        "anything": [1],
        "owner": { "firm": "F" },
        "owners": [null, { "name": "N" }],
        "refined": "a",
        "subset": "b",
        "code": "true",
        "ratio": 0.5,
        "vehicle": { "type": "van", "load": 1 },
        "van": { "type": "van", "load": 2 },
        "cage": "north",
        "inline": { "a": "b" },
    }));
    assert_eq!(everything.level, Some(Level::from("medium")));
    assert_eq!(everything.speed, Some(Speed::Fast));
    assert_eq!(everything.floor, Some(Floor(1)));
    assert_eq!(everything.owners.len(), 2);
    assert_eq!(everything.refined, Some(Refined::A));
    assert_eq!(everything.subset, Some(Subset::B));
    assert_eq!(everything.code, Some(EverythingCode::True));
    let Some(Vehicle::Van(van)) = everything.vehicle else {
        panic!("no van");
    };
    assert_eq!(van.load, Some(1));
}

#[test]
fn nested_unions_are_read_once_at_each_level() {
    // Two members fit at each level, and the first one fails at the end: tried at every level below again, this
    // would take 2^100 attempts.
    let mut value = json!({ "mark": "inside" });
    for _ in 0..100 {
        value = json!({ "below": value, "mark": "text" });
    }
    let mut deep: Deep = read(value);
    let mut levels = 0;
    while let Deep::Named(named) = deep {
        levels += 1;
        match named.below {
            Some(below) => deep = below,
            None => break,
        }
    }
    assert_eq!(levels, 101);
}

#[test]
fn unions_have_no_default() {
    // The constant of the type itself comes first, where what it asks for holds.
    struct Probe<T>(std::marker::PhantomData<T>);
    impl<T: Default> Probe<T> {
        const HAS_DEFAULT: bool = true;
    }
    trait Otherwise {
        const HAS_DEFAULT: bool = false;
    }
    impl<T> Otherwise for Probe<T> {}
    const { assert!(!Probe::<Animal>::HAS_DEFAULT && !Probe::<Event>::HAS_DEFAULT) };
    const { assert!(Probe::<Cat>::HAS_DEFAULT) };
}

#[test]
fn variants_are_called_by_the_documented_rule() {
    let member = |more: Value| {
        let mut member = json!({ "type": "object" });
        member
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        member
    };
    let of = |name: &str, value: &str| json!({ name: { "type": "string", "enum": [value] } });
    let text = || json!({ "type": "string" });
    for (member, name) in [
        (json!({ "$ref": "#/components/schemas/Named" }), "Named"),
        (
            member(json!({ "title": "a title", "properties": of("kind", "x") })),
            "ATitle",
        ),
        (
            member(json!({ "properties": of("kind", "first"), "required": ["kind"] })),
            "First",
        ),
        (
            member(json!({ "properties": { "own": text(), "kind": text() } })),
            "Own",
        ),
        (member(json!({ "additionalProperties": text() })), "Map"),
        (member(json!({})), "Object"),
        (text(), "String"),
        (
            json!({ "type": "string", "format": "date-time" }),
            "DateTime",
        ),
        (json!({ "type": "array", "items": text() }), "List"),
        (json!({ "type": "boolean" }), "Boolean"),
    ] {
        // No other member has these properties in common with it.
        let other = json!({ "title": "other", "type": "object", "required": ["kind", "other"], "properties": {
            "kind": { "type": "string", "enum": ["second"] }, "other": text(),
        } });
        let schemas = json!({
            "S0": { "oneOf": [member, other] },
            "Named": { "title": "not this", "type": "object", "properties": { "named": text() } },
        });
        let files = crate::compositions::generate(schemas).unwrap().files;
        let types = files.iter().find(|it| it.path == "types.rs").unwrap();
        let (_, union) = types.text.split_once("runtime::union!(S0").unwrap();
        let rows: Vec<_> = union
            .lines()
            .skip(1)
            .map(|it| it.trim().split(':').next().unwrap())
            .collect();
        assert_eq!(rows[..2], [name, "Other"], "{member:#}");
    }
}
