//! Unions: values are told apart, and come out as they went in.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tests::fixtures::openapi_unions::types::{Animal, Cage, Cat, Dog, Everything};

/// A value as it is read. It is written as it came.
fn read<T: DeserializeOwned + Serialize>(value: Value) -> T {
    let read: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), value);
    read
}

#[test]
fn a_discriminator_says_which_member_an_object_is() {
    let cat: Animal = read(json!({ "petType": "cat", "lives": 9 }));
    assert!(matches!(cat, Animal::Cat(cat) if cat.lives == Some(9)));
    let dog: Animal = read(json!({ "petType": "dog", "tricks": ["roll"] }));
    assert!(matches!(dog, Animal::Dog(dog) if dog.tricks == ["roll"]));
}

#[test]
fn a_tag_is_written_where_the_member_lacks_it() {
    let written = |animal: Animal| serde_json::to_value(animal).unwrap();
    assert_eq!(written(Cat::default().into()), json!({ "petType": "cat" }));
    assert_eq!(written(Dog::default().into()), json!({ "petType": "dog" }));
    let mut cat = Cat::default();
    cat.pet_type = Some("lion".to_owned());
    assert_eq!(written(cat.into()), json!({ "petType": "lion" }));
}

#[test]
fn the_type_in_json_says_which_member_a_value_is() {
    assert_eq!(read::<Cage>(json!("north")), "north".into());
    assert_eq!(read::<Cage>(json!(7)), Cage::Integer(7));
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
    assert_eq!(Animal::default(), Animal::Unrecognized(Value::Null));
}

#[test]
fn unions_hold_themselves() {
    let everything: Everything = read(json!({
        "animal": { "petType": "cat", "friend": { "petType": "dog", "tricks": ["sit"] } },
        "cage": 1.5,
    }));
    assert_eq!(everything.cage, Some(Cage::Unrecognized(json!(1.5))));
    let Some(Animal::Cat(cat)) = everything.animal else {
        panic!("no cat");
    };
    assert!(matches!(cat.friend, Some(Animal::Dog(_))));
}
