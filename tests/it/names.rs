//! Names of resources, and every other value that goes into a path.

use generated_client::cloudidentity::api::Client;
use generated_client::cloudidentity::api::names::{CustomerName, UserInvitationName};
use serde_json::json;
use tests::fixtures::service_path;
use tests::recorder::{Recorder, ResponseTemplate};

use crate::support::client_of;

/// Values that would call another URL, and a word of why they are refused.
const HOSTILE: &[(&str, &str)] = &[
    ("", "empty"),
    (".", "`.`"),
    ("..", "`..`"),
    ("a/b", "`/`"),
    ("/", "`/`"),
    ("../../users", "`/`"),
    ("a\\..\\..\\users", "`\\`"),
    ("\\", "`\\`"),
    ("a\nb", "control"),
    ("a\tb", "control"),
    ("\0", "control"),
    ("\u{7f}", "control"),
    ("\u{85}", "control"),
];

/// Values that look dangerous and are not: they arrive as they are.
const HARMLESS: &[&str] = &[
    "a+b@example.com",
    "100%",
    "%2e%2e",
    "%2F..%2F",
    "what?",
    "?pageToken=x",
    "#fragment",
    "two words",
    "  ",
    "...",
    ".hidden",
    "a:send",
    "a@b.c:isInvitableUser",
    "a;b=c,d!$&'()*",
    "<\"quoted\">@example.com",
    "müller@exämple.de",
    "用户@例子.公司",
    "пользователь@пример.рф",
    "🦀@example.com",
    "\u{202e}evil",
];

#[test]
fn hostile_parts_of_names_are_refused() {
    for (value, why) in HOSTILE {
        let error = UserInvitationName::new("C1", *value).unwrap_err();
        assert_eq!(error.part(), Some("email"), "{value:?}");
        assert!(error.to_string().contains(why), "{value:?}: {error}");
        let error = UserInvitationName::new(*value, "a@b.c").unwrap_err();
        assert_eq!(error.part(), Some("customer"), "{value:?}");
        let long = value.chars().count() > 2;
        assert!(
            !long || !format!("{error} {error:?}").contains(value),
            "{error:?}"
        );
    }
}

#[test]
fn debug_output_of_names_shows_the_pattern_alone() {
    let name = UserInvitationName::new("C1", "ada@altostrat.com").unwrap();
    let shown = format!("{name:?}");
    assert_eq!(shown, "customers/{customer}/userinvitations/{email}");
}

#[test]
fn texts_of_another_form_are_not_names() {
    for text in [
        "",
        "customers",
        "customers/",
        "customers/C1/userinvitations",
        "customers/C1/userinvitations/",
        "customers/C1/userinvitations/a@b.c/",
        "customers/C1/userinvitations/a@b.c/more",
        "/customers/C1/userinvitations/a@b.c",
        "customers//userinvitations/a@b.c",
        "customers/C1/invitations/a@b.c",
        "Customers/C1/userinvitations/a@b.c",
        "customers/../userinvitations/a@b.c",
        "customers/C1/userinvitations/..",
    ] {
        let error = text.parse::<UserInvitationName>().unwrap_err();
        assert_eq!(
            error.pattern(),
            "customers/{customer}/userinvitations/{email}"
        );
    }
}

#[test]
fn names_round_trip() {
    for value in HARMLESS {
        let name = UserInvitationName::new("C1", *value).unwrap();
        assert_eq!(
            name.to_string(),
            format!("customers/C1/userinvitations/{value}")
        );
        assert_eq!(name.to_string().parse(), Ok(name.clone()));
        assert_eq!((name.customer(), name.email()), ("C1", *value));
    }
}

#[tokio::test]
async fn path_values_arrive_unchanged() {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let client = Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    let files = service_path::Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    for value in HARMLESS {
        let name = UserInvitationName::new(*value, *value).unwrap();
        client
            .customers()
            .userinvitations()
            .send(&name)
            .send()
            .await
            .unwrap();
        let path = server.take()[0].target.clone();
        let path = path.strip_prefix("/v1/customers/").unwrap();
        let path = path.strip_suffix(":send").unwrap();
        let (customer, email) = path.split_once("/userinvitations/").unwrap();
        assert_eq!(
            (decoded(customer), decoded(email)),
            ((*value).into(), (*value).into())
        );

        files.files().get(value).send().await.unwrap();
        let path = server.take()[0].target.clone();
        assert_eq!(decoded(path.strip_prefix("/files/").unwrap()), *value);
    }
}

#[tokio::test]
async fn hostile_values_are_not_sent() {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let files = service_path::Client::builder()
        .base_url(server.base_url())
        .build()
        .unwrap();
    for (value, why) in HOSTILE {
        let error = files.files().get(value).send().await.unwrap_err();
        assert!(error.is_invalid_argument());
        let text = format!("{error}");
        assert!(
            text.contains("`fileId`") && text.contains(why),
            "{value:?}: {text}"
        );
    }
    assert_eq!(server.take(), []);
}

#[test]
fn names_of_different_forms_are_different_types() {
    assert!(
        "customers/C1/userinvitations/a@b.c"
            .parse::<CustomerName>()
            .is_err()
    );
    assert_eq!("customers/C1".parse(), CustomerName::new("C1"));
}

/// Percent-decoding, written once more so that it shares no mistake with what it checks. What is not
/// escaped is one of the characters that no path gives a meaning.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = match first {
            b'%' => {
                let hex = std::str::from_utf8(&after[..2]).unwrap();
                bytes.push(u8::from_str_radix(hex, 16).unwrap());
                &after[2..]
            }
            plain => {
                let harmless = plain.is_ascii_alphanumeric() || b"-._~@".contains(plain);
                assert!(
                    harmless,
                    "{:?} is not escaped in {text}",
                    char::from(*plain)
                );
                bytes.push(*plain);
                after
            }
        };
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn operations_of_paths_that_become_one_are_all_generated() {
    let method = |verb: &str, placeholder: &str| {
        let id = format!("library.users.{placeholder}");
        json!({ "id": id, "path": "v1/{+name}", "flatPath": format!("v1/users/{{{placeholder}}}"),
            "httpMethod": verb, "parameterOrder": ["name"], "parameters": { "name": { "type": "string",
            "location": "path", "required": true, "pattern": "^users/[^/]+$" } } })
    };
    let methods = json!({ "get": method("GET", "usersId"), "delete": method("DELETE", "userId"),
        "read": method("GET", "u") });
    let document = json!({ "kind": "discovery#restDescription", "discoveryVersion": "v1", "id": "library:v1", "name": "library",
        "version": "v1", "title": "Library", "rootUrl": "https://library.example.com/", "servicePath": "",
        "resources": { "users": { "methods": methods } } });
    let generated = client_of(&document).unwrap();
    let requests = generated
        .files
        .iter()
        .find(|file| file.path == "requests.rs");
    let requests = &requests.unwrap().text;
    for placeholder in ["usersId", "userId", "u"] {
        let id = format!("\"library.users.{placeholder}\"");
        assert!(requests.contains(&id), "{requests}");
    }
    assert!(!requests.contains('#'), "{requests}");
}
