//! What the types that users hold can do.

use std::collections::HashSet;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

use generated_client::cloudidentity::api::types::StandardParametersAlt;
use generated_client::cloudidentity::{
    Client, CustomerName, Filter, Observation, SendOutcome, Settlement, State, UserInvitation,
    UserInvitationName,
};
use generated_client::cloudidentity::{Order, OrderBy};
use generated_client::runtime::{
    ConnectionReuse, CredentialKind, Detail, Error, FieldMask, GoogleError, InvalidName, Operation,
    RateLimit, RateLimitEvent, RateLimiter,
};
use generated_client::{EmailAddress, InvalidEmailAddress};
use generated_client_fake::{Fault, Rule};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Compiles where the type can do all that data can.
fn is_data<T: Clone + Debug + Eq + Hash + Send + Sync + Unpin + 'static>() {}

/// Compiles where the type is made of text and becomes text.
fn is_text<T: Clone + Debug + Display + FromStr + Serialize + DeserializeOwned>() {}

#[test]
fn types_have_the_traits_of_their_kind() {
    is_data::<State>();
    is_data::<StandardParametersAlt>();
    is_data::<UserInvitationName>();
    is_data::<UserInvitation>();
    is_data::<Observation>();
    is_data::<Settlement>();
    is_data::<EmailAddress>();
    is_data::<InvalidEmailAddress>();
    is_data::<(RateLimit, RateLimitEvent)>();
    is_data::<(Filter, Order, OrderBy)>();
    is_data::<(Detail, GoogleError, InvalidName)>();
    is_data::<(ConnectionReuse, CredentialKind, Operation)>();
    is_data::<(Fault, Rule)>();
    is_text::<State>();
    is_text::<CustomerName>();
    is_text::<UserInvitationName>();
    fn is_clone<T: Clone + Debug + Send + Sync>() {}
    is_clone::<SendOutcome>();
    is_clone::<Error>();
    is_clone::<RateLimiter>();
}

#[test]
fn open_enums_are_read_from_text_padded_and_have_a_default() {
    assert_eq!("INVITED".parse(), Ok(State::Invited));
    assert_eq!("NEW".parse(), Ok(State::Unrecognized("NEW".into())));
    assert_eq!(State::from("INVITED".to_owned()).as_ref(), "INVITED");
    assert_eq!(FieldMask::from("a,b".to_owned()), FieldMask::from("a,b"));
    assert_eq!(
        format!("{:<9}|{:>9}", State::Invited, State::Declined),
        "INVITED  | DECLINED"
    );
    assert_eq!(State::default(), State::StateUnspecified);
    // Where an absent value has no name, the default is none of the others.
    assert_eq!(StandardParametersAlt::default().as_str(), "");
    assert_eq!(Filter::from(State::Invited).to_string(), "state=='invited'");
}

#[test]
fn names_go_through_serde_and_try_from() {
    let text = "customers/C1/userinvitations/ada@example.com";
    let name = UserInvitationName::try_from(text).unwrap();
    assert_eq!(
        UserInvitationName::try_from(text.to_owned()),
        Ok(name.clone())
    );
    assert_eq!(String::from(name.clone()), text);
    let json = serde_json::to_string(&name).unwrap();
    assert_eq!(json, format!("\"{text}\""));
    assert_eq!(
        serde_json::from_str::<UserInvitationName>(&json).unwrap(),
        name
    );
    let error = serde_json::from_str::<UserInvitationName>("\"customers/C1/../ada\"").unwrap_err();
    assert!(!error.to_string().contains("ada"), "{error}");
    let mut listed = UserInvitation::default();
    assert!(listed.resource_name().is_err());
    listed.name = Some(text.into());
    assert_eq!(UserInvitationName::try_from(&listed), Ok(name.clone()));
    let client = Client::builder().build().unwrap();
    assert_eq!(client.invitation(name.clone()).name(), &name);
    assert_eq!(HashSet::from([name.clone(), name]).len(), 1);
}

#[test]
fn observations_are_stored_as_json() {
    let observation = Observation::new(2, State::Invited);
    let json = serde_json::to_string(&observation).unwrap();
    assert_eq!(json, r#"{"mailsSentCount":2,"state":"INVITED"}"#);
    assert_eq!(
        serde_json::from_str::<Observation>(&json).unwrap(),
        observation
    );
}

#[test]
fn customers_and_invitations_are_known_by_id_and_by_name() {
    let client = Client::builder().build().unwrap();
    for id in ["C01234567", "customers/C01234567"] {
        let customer = client.customer(id).unwrap();
        assert_eq!(customer.name().to_string(), "customers/C01234567");
        for email in [
            "ada@example.com",
            "customers/C01234567/userinvitations/ada@example.com",
        ] {
            let name = customer.invitation(email).unwrap().name().to_string();
            assert_eq!(name, "customers/C01234567/userinvitations/ada@example.com");
        }
        let other = customer.invitation("customers/C2/userinvitations/ada@example.com");
        assert!(other.unwrap_err().is_invalid_argument());
    }
    for id in [
        "my_customer",
        "customers/my_customer",
        "",
        "customers/",
        "customers/C1/x",
        "users/C1",
        "..",
        "/C1",
    ] {
        assert!(
            client.customer(id).unwrap_err().is_invalid_argument(),
            "{id}"
        );
    }
}

#[test]
fn addresses_from_spreadsheets_are_normalised_or_refused() {
    for (cell, expected) in [
        ("ada@example.com", "ada@example.com"),
        ("\u{feff}ada@example.com", "ada@example.com"),
        (" \t ada@example.com\r\n", "ada@example.com"),
        ("\u{a0}ada@example.com\u{200b}", "ada@example.com"),
        ("Ada Lovelace <ada@example.com>", "ada@example.com"),
        ("\"Lovelace, Ada\" <ada@example.com>", "ada@example.com"),
        ("<ada@example.com>", "ada@example.com"),
        ("MAILTO:ada@example.com", "ada@example.com"),
        ("Ada.B+c@EXAMPLE.Com", "Ada.B+c@example.com"),
        ("müller@exämple.de", "müller@exämple.de"),
    ] {
        let address: EmailAddress = cell
            .parse()
            .unwrap_or_else(|error| panic!("{cell:?}: {error}"));
        assert_eq!(address.as_str(), expected, "{cell:?}");
        assert!(!format!("{address:?}").contains('@'));
    }
    for cell in [
        "",
        " ",
        "ada",
        "@example.com",
        "ada@",
        "ada@localhost",
        "ada@example.com; bob@example.com",
        "ada@example.com, bob@example.com",
        "ada@example.com bob@example.com",
        "ada@@example.com",
        "ada@example..com",
        "ada@[127.0.0.1]",
        "a\u{0}da@example.com",
        "../ada@example.com/..",
    ] {
        let error = cell.parse::<EmailAddress>();
        assert!(error.is_err(), "{cell:?}: {:?}", error.map(String::from));
    }
}
