//! What OpenAPI has no word for, as `x-` extensions of the neutral document.
//!
//! Each extension is a type here, so that a pass and the emitter agree on its form. All have one prefix, and
//! count only in a document that was written here.

mod paging;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

pub(crate) use paging::{PagedBy, Paging, TokenLocation};

/// What the keys of all begin with.
pub(crate) const PREFIX: &str = "x-codegen-";

/// The extensions of one object.
pub(crate) type Extensions = IndexMap<String, Value>;

/// A fact that travels as an extension.
pub(crate) trait Extension: Serialize + DeserializeOwned {
    /// The key it travels under.
    const KEY: &'static str;

    /// The fact, where it is known.
    fn get(extensions: &Extensions) -> Option<Self> {
        serde_json::from_value(extensions.get(Self::KEY)?.clone()).ok()
    }

    /// Notes the fact.
    fn set(&self, extensions: &mut Extensions) {
        if let Ok(value) = serde_json::to_value(self) {
            extensions.insert(Self::KEY.to_owned(), value);
        }
    }
}

/// The revision of the document, where it has one.
#[derive(Serialize, Deserialize)]
pub(crate) struct Revision(pub String);

/// A parameter that every method of the API takes.
#[derive(Serialize, Deserialize)]
pub(crate) struct StandardParameter(pub bool);

/// The scopes that a client asks for, unless it is told others.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Scopes(pub Vec<String>);

/// What the method of an operation is called, where it is not called after the operation's id.
#[derive(Serialize, Deserialize)]
pub(crate) struct MethodName(pub String);

/// A parameter of the path whose value may have slashes in it.
#[derive(Serialize, Deserialize)]
pub(crate) struct AllowSlashes(pub bool);

/// What a standard parameter is always sent as, unless the caller says otherwise.
#[derive(Serialize, Deserialize)]
pub(crate) struct Preset(pub String);

/// A schema of which only a part may be sent, so that what is empty is not the same as what is absent.
#[derive(Serialize, Deserialize)]
pub(crate) struct Partial(pub bool);

/// An API whose messages travel inside of an object, as its member `data`.
#[derive(Serialize, Deserialize)]
pub(crate) struct DataWrapper(pub bool);

/// The format of a type that has none in OpenAPI.
#[derive(Serialize, Deserialize)]
pub(crate) struct UnknownFormat(pub String);

/// The operations that cannot be generated, with the reasons.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct LeftOutOperations(pub Vec<LeftOutOperation>);

/// An operation that cannot be generated.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LeftOutOperation {
    pub operation: String,
    /// What is wrong with it in the document: where, and what that is.
    pub reasons: Vec<String>,
}

/// A schema of operations whose work may outlast the call that begins it.
#[derive(Serialize, Deserialize)]
pub(crate) struct LongRunning(pub bool);

/// The ways in which media travels with an operation.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Media(pub Vec<MediaTransfer>);

/// A way in which media travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MediaTransfer {
    Download,
    /// In one request.
    Upload,
    /// In as many requests as it takes.
    Resumable,
    /// To a path that is not the operation's own below `/upload`: the client has no part in it.
    Elsewhere,
}

/// What each value of an enum means, in the order of the values.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct EnumDescriptions(pub Vec<String>);

/// Which values of an enum are deprecated, in the order of the values.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct EnumDeprecated(pub Vec<bool>);

/// The only values that a reference has where it stands.
#[derive(Serialize, Deserialize)]
pub(crate) struct Values(pub Vec<Value>);

/// The values by which a member of a union is known that has no name.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Tags(pub Vec<String>);

/// The names of resources that an operation takes: each stands for several path parameters.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct ResourceNames(pub Vec<ResourceName>);

/// One argument that is the name of a resource.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ResourceName {
    /// What the argument is called.
    pub parameter: String,
    /// The name's form, with a placeholder for each part; the last one may be `{+part}`, whose value
    /// may have slashes in it.
    pub pattern: String,
    /// The path parameters that its parts are.
    pub placeholders: Vec<String>,
    /// The type that holds such a name, once it is known.
    #[serde(default, rename = "type", skip_serializing_if = "String::is_empty")]
    pub type_name: String,
    /// What the argument means.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// Whether an operation may be repeated without doing more than it does once.
#[derive(Serialize, Deserialize)]
pub(crate) struct Idempotent(pub bool);

/// The kinds of credentials of which an operation needs one.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct CredentialKinds(pub Vec<CredentialKind>);

/// How a caller says who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CredentialKind {
    /// A key in a header of its own, in the query or in a cookie.
    ApiKey,
    /// An id and a secret, in `Authorization`.
    Basic,
    /// A token, in `Authorization`.
    Bearer,
}

/// The media types in which an operation takes its body besides the one that the client sends.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct OtherMediaTypes(pub Vec<String>);

impl Extension for Revision {
    const KEY: &'static str = "x-codegen-revision";
}

impl Extension for StandardParameter {
    const KEY: &'static str = "x-codegen-standard-parameter";
}

impl Extension for Scopes {
    const KEY: &'static str = "x-codegen-scopes";
}

impl Extension for MethodName {
    const KEY: &'static str = "x-codegen-method-name";
}

impl Extension for AllowSlashes {
    const KEY: &'static str = "x-codegen-allow-slashes";
}

impl Extension for Preset {
    const KEY: &'static str = "x-codegen-preset";
}

impl Extension for Partial {
    const KEY: &'static str = "x-codegen-partial";
}

impl Extension for DataWrapper {
    const KEY: &'static str = "x-codegen-data-wrapper";
}

impl Extension for UnknownFormat {
    const KEY: &'static str = "x-codegen-format";
}

impl Extension for LeftOutOperations {
    const KEY: &'static str = "x-codegen-left-out";
}

impl Extension for LongRunning {
    const KEY: &'static str = "x-codegen-long-running";
}

impl Extension for Media {
    const KEY: &'static str = "x-codegen-media";
}

impl Extension for EnumDescriptions {
    const KEY: &'static str = "x-codegen-enum-descriptions";
}

impl Extension for EnumDeprecated {
    const KEY: &'static str = "x-codegen-enum-deprecated";
}

impl Extension for Values {
    const KEY: &'static str = "x-codegen-values";
}

impl Extension for Tags {
    const KEY: &'static str = "x-codegen-tags";
}

impl Extension for ResourceNames {
    const KEY: &'static str = "x-codegen-resource-names";
}

impl Extension for Idempotent {
    const KEY: &'static str = "x-codegen-idempotent";
}

impl Extension for CredentialKinds {
    const KEY: &'static str = "x-codegen-credentials";
}

impl Extension for OtherMediaTypes {
    const KEY: &'static str = "x-codegen-other-media-types";
}
