//! Request builders: the methods of a generated client return them. Optional parameters are setters.

mod setter;

use serde::Serialize;

/// Where standard parameters can be set: a request, a builder of a client, [`Parameters`].
///
/// A generated client has a trait for its own standard parameters on top of this one.
///
/// [`Parameters`]: super::Parameters
pub trait SetParameter: Sized {
    /// Sets a parameter of the query. `limit` is the most characters that its value may have.
    #[must_use]
    fn set_parameter(
        self,
        name: &'static str,
        value: &impl Serialize,
        limit: Option<usize>,
    ) -> Self;
}

/// Defines the request of an operation: a struct with a setter for each optional parameter, `send`, and
/// for a list `pages` and `items`.
///
/// ```
/// use generated_client_runtime::{self as runtime, JsonObject, Operation};
///
/// runtime::request!(ShelvesList: send -> JsonObject {
///     /// `GET /v1/shelves`.
///     operation: Operation::get("library.shelves.list", "/v1/shelves");
///     /// At most this many shelves.
///     page_size(i32): query "pageSize",
///     /// Only shelves of this theme.
///     theme(impl Into<String>): query "theme" max 40,
/// });
/// ```
///
/// Behind the colon stands where a value goes: `query "name"`, `header "name"`, `cookie "name"`, or a
/// [`QueryStyle`](super::QueryStyle) and a name: `Commas "name"`; `body`, as JSON, `form`, `upload` or
/// `multipart`; `part "name"`, `file "name"` or `files "name"`. `as wire` says
/// that it has a form of its own there, `as json` that it is JSON in a header, `as exploded` that an object is
/// written there with `explode`, and `max 40` that it may have at most 40 characters. Behind the response,
/// `media download upload resumable` says how media travels with the operation. Before the operation of a list,
/// `paging: …;` says how it is paged ([`Paging`](super::Paging)).
#[macro_export]
macro_rules! request {
    (
        $name:ident: $send:ident -> $response:ty $(, media $($way:ident)+)? {
            $(#[$about:meta])*
            $(paging: $paging:expr;)?
            operation: $operation:expr;
            $(
                $(#[$meta:meta])*
                $setter:ident($($argument:tt)*): $target:ident $($wire:literal)? $(as $form:ident)?
                    $(max $limit:literal)?,
            )*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent before `send`"]
        pub struct $name {
            call: $crate::Call,
        }

        impl $name {
            /// The operation.
            pub const OPERATION: $crate::Operation = $operation;

            $($crate::request_setter!(
                [$(#[$meta])* pub] $setter ($($argument)*)
                    ($target $($wire)?) ($($form)?) ($($limit)?)
            );)*

            $crate::request!(@send $send $response);

            $($($crate::request!(@media $way $send $response);)+)?

            $(
                /// The pages of the list, as a stream. Nothing is sent before it is polled.
                pub fn pages(self) -> $crate::Pages<$response> {
                    $crate::Pages::new(self.call, $paging)
                }

                /// The items of all pages, as a stream. Nothing is sent before it is polled.
                pub fn items(self) -> $crate::Items<$response> {
                    self.pages().items()
                }
            )?

            /// Sets the retry policy of this request, in place of the client's.
            pub fn retry_policy(self, policy: $crate::RetryPolicy) -> Self {
                Self {
                    call: self.call.retry_policy(policy),
                }
            }

            /// Sends `null` for a property of the JSON body, which clears it where the API changes only what it
            /// is sent. The property has the name that it has in JSON. A request whose body is not set is an
            /// error when it is sent.
            pub fn with_null(self, property: &str) -> Self {
                Self {
                    call: self.call.null_in_body(property),
                }
            }

            /// Sends this header too. One that the client sets itself is an error when the request is sent.
            pub fn header(self, name: &str, value: impl Into<::std::string::String>) -> Self {
                Self {
                    call: self.call.extra_header(name, value.into()),
                }
            }
        }

        impl ::std::convert::From<$crate::Call> for $name {
            fn from(call: $crate::Call) -> Self {
                Self { call }
            }
        }

        impl $crate::SetParameter for $name {
            fn set_parameter(
                self,
                name: &'static str,
                value: &impl $crate::macros::serde::Serialize,
                limit: ::std::option::Option<usize>,
            ) -> Self {
                Self {
                    call: self.call.query(name, value, limit),
                }
            }
        }
    };

    (@send $send:ident $response:ty) => {
        /// Sends the request.
        ///
        /// # Errors
        ///
        /// See the predicates of [`Error`]($crate::Error): an invalid argument, no response, a status that
        /// is not one of success, a response that is not as the API's spec describes it.
        pub async fn send(
            self,
        ) -> ::std::result::Result<
            $crate::Response<$response>,
            $crate::Error,
        > {
            self.call.$send().await
        }
    };

    (@media download $send:ident $response:ty) => {
        /// Sends the request for the media, whose body is left to be read.
        ///
        /// # Errors
        ///
        /// Those of [`send`](Self::send).
        pub async fn download(
            self,
        ) -> ::std::result::Result<$crate::Response<$crate::Download>, $crate::Error> {
            self.call.send_media_download().await
        }

        /// Sends the request for a range of the bytes of the media.
        ///
        /// # Errors
        ///
        /// Those of [`send`](Self::send), and a response that is not of this range.
        pub async fn download_range(
            self,
            range: impl ::std::ops::RangeBounds<u64>,
        ) -> ::std::result::Result<$crate::Response<$crate::Download>, $crate::Error> {
            self.call.send_media_range(range).await
        }
    };
    (@media upload $send:ident $response:ty) => {
        /// Sends the request with media, in one request.
        ///
        /// # Errors
        ///
        /// Those of [`send`](Self::send).
        pub async fn upload(
            self,
            media: impl ::std::convert::Into<$crate::Upload>,
        ) -> ::std::result::Result<$crate::Response<$response>, $crate::Error> {
            self.call.media(media).$send().await
        }
    };
    (@media resumable $send:ident $response:ty) => {
        /// Sends the request, and then media in chunks. A chunk that did not arrive is sent again.
        ///
        /// # Errors
        ///
        /// Those of [`send`](Self::send), and media that cannot be read.
        pub async fn upload_resumable(
            self,
            media: impl ::std::convert::Into<$crate::ResumableUpload>,
        ) -> ::std::result::Result<$crate::Response<$response>, $crate::Error> {
            self.call.resumable_media(media).$send().await
        }
    };
}

/// Defines a resource: a struct with the requests of its methods, and the resources below it.
#[macro_export]
macro_rules! resource {
    ($name:ident, $path:literal { $($child:ident: $kind:ident, $child_path:literal,)* }) => {
        #[doc = ::std::concat!("The resource `", $path, "`.")]
        #[derive(Clone, Debug)]
        pub struct $name {
            runtime: $crate::Client,
        }

        impl $name {
            pub(super) fn new(runtime: &$crate::Client) -> Self {
                Self {
                    runtime: runtime.clone(),
                }
            }

            $(
                #[doc = ::std::concat!("The resource `", $child_path, "`.")]
                pub fn $child(&self) -> $kind {
                    $kind::new(&self.runtime)
                }
            )*
        }
    };
}

/// Defines the trait by which the standard parameters of an API are set.
#[macro_export]
macro_rules! standard_parameters {
    ($name:ident {
        $(
            $(#[$meta:meta])*
            $setter:ident($($argument:tt)*): query $wire:literal $(as $form:ident)? $(max $limit:literal)?,
        )*
    }) => {
        /// The parameters that every operation takes. They can be set on a request, on a builder of a
        /// client, and on [`Parameters`]($crate::Parameters).
        pub trait $name: $crate::SetParameter {
            $($crate::request_setter!(
                [$(#[$meta])* #[must_use]] $setter ($($argument)*)
                    (query $wire) ($($form)?) ($($limit)?)
            );)*
        }

        impl<T: $crate::SetParameter> $name for T {}
    };
}
