//! What concerns an operation, without its parameters.

super::rows! {
    OPERATION_ADDED = "operation-added" <> "operation-removed" Added Minor
        "an operation" "a method and its request" "";
    OPERATION_REMOVED = "operation-removed" <> "operation-added" Breaking Major
        "an operation is gone" "its method and its request are gone" "";
    OPERATION_GONE_TAKEN = "operation-removed-taken" <> "operation-added" Behaviour Major
        "an operation is gone, and another one that was there has its name and its types in Rust" ""
        "the same code calls another operation: check every call";
    OPERATION_UNSELECTED = "operation-not-selected" <> "operation-not-selected-removed" Added None
        "an operation that is not selected" "none before it is selected" "";
    OPERATION_UNSELECTED_GONE = "operation-not-selected-removed" <> "operation-not-selected" Changed None
        "an operation is gone that was not selected" "" "";
    OPERATION_LEFT_OUT = "operation-left-out" <> "operation-generated" Breaking Major
        "an operation can no longer be generated" "its method and its request are gone" "";
    OPERATION_GENERATED = "operation-generated" <> "operation-left-out" Added Minor
        "an operation can be generated that could not" "a method and its request" "";
    OPERATION_RENAMED = "operation-renamed" <> "operation-renamed" Breaking Major
        "another id of the same verb and path" "the method or its request has another name" "";
    OPERATION_ID = "operation-id" <> "operation-id" Changed Patch
        "another id of the same verb and path" "" "errors and observers name another id";
    OPERATION_MOVED = "operation-moved" <> "operation-moved" Breaking Major
        "another tag, or names that collide now" "the method is elsewhere, or has another name" "";
    OPERATION_TAKEN = "operation-taken" <> "operation-moved" Behaviour Major
        "names that collide now" "the method is elsewhere, and another operation has its name and its types"
        "the same code calls another operation: check every call";
    OPERATION_REPLACED = "operation-replaced" <> "operation-replaced" Behaviour Major
        "an operation is gone, and another one has its name in Rust" ""
        "the same code calls another operation: check every call";
    REQUEST_RENAMED = "request-renamed" <> "request-renamed" Breaking Major
        "names that collide now" "the type of the request has another name" "";
    RESOURCE_RENAMED = "resource-renamed" <> "resource-renamed" Breaking Major
        "names that collide now" "the type of a resource has another name" "";
    VERB = "verb" <> "verb" Behaviour Minor
        "the verb" "" "another verb is sent; calls are retried, or no longer, as the new verb allows";
    PATH = "path" <> "path" Behaviour Minor
        "the path" "" "another URL is called";
    OPERATION_SERVER = "operation-server" <> "operation-server" Behaviour Minor
        "the server of the operation" "" "another server is called";
    FIXED_HEADERS = "fixed-headers" <> "fixed-headers" Behaviour Minor
        "a header of one value, or a media type" "" "other headers are sent with every call";
    EMPTY_MESSAGE = "empty-message" <> "empty-message" Behaviour Minor
        "whether an empty message is the body" "" "`{}` is sent, or no longer";
    ENCODING = "body-encoding" <> "body-encoding" Behaviour Minor
        "how properties of the body are written" "" "the body is written in another way";
    DATA_WRAPPER = "data-wrapper" <> "data-wrapper" Behaviour Minor
        "whether messages travel inside of `data`" "" "bodies are written and read in another way";
    OTHER_MEDIA = "other-media-types" <> "other-media-types" Changed Patch
        "other media types of the body" "" "";
    MEDIA_ADDED = "media-added" <> "media-removed" Added Minor
        "media can be sent or read" "`upload`, `upload_resumable` or `download` of the request" "";
    MEDIA_REMOVED = "media-removed" <> "media-added" Breaking Major
        "media can no longer be sent or read" "`upload`, `upload_resumable` or `download` of the request is gone" "";
    RESPONSE_TYPE = "response-type" <> "response-type" Breaking Major
        "the response" "`send` returns another type" "";
    RESPONSE_READ = "response-read" <> "response-read" Behaviour Minor
        "how the response is read: as JSON, or its body is passed over" "" "the response is read in another way";
    FAILURES = "failures" <> "failures" Changed Patch
        "statuses that are no success, or bodies by status" "comments" "";
    PAGES_ADDED = "pages-added" <> "pages-removed" Added Minor
        "pagination" "`pages` and `items` of the request" "";
    PAGES_REMOVED = "pages-removed" <> "pages-added" Breaking Major
        "no pagination any more" "`pages` and `items` of the request are gone" "";
    PAGES_ITEMS = "pages-items" <> "pages-items" Breaking Major
        "the items of a page" "`items` returns another type" "";
    PAGES_FIELDS = "pages-fields" <> "pages-fields" Behaviour Minor
        "the fields by which pages are asked for" "" "pages are asked for in another way";
    LONG_RUNNING = "long-running-added" <> "long-running-removed" Added Minor
        "a schema has the form of long-running operations" "its type is `LongRunning`" "";
    LONG_RUNNING_LOST = "long-running-removed" <> "long-running-added" Breaking Major
        "a schema no longer has the form of long-running operations" "its type is not `LongRunning`" "";
    SCOPES_ADDED = "operation-scopes-added" <> "operation-scopes-removed" Changed Patch
        "more scopes are enough for an operation" "" "";
    SCOPES_REMOVED = "operation-scopes-removed" <> "operation-scopes-added" Behaviour Minor
        "fewer scopes are enough for an operation" "" "tokens that only have a scope that is gone are refused";
    CREDENTIAL_KINDS = "operation-credentials" <> "operation-credentials" Behaviour Minor
        "the kinds of credentials of which an operation needs one" "" "other credentials are refused before sending";
    OPERATION_DEPRECATED = "operation-deprecated" <> "operation-undeprecated" Deprecated Minor
        "an operation is deprecated" "`#[deprecated]`" "";
    OPERATION_UNDEPRECATED = "operation-undeprecated" <> "operation-deprecated" Changed Patch
        "an operation is no longer deprecated" "no `#[deprecated]`" "";
    OPERATION_FACTS = "operation-facts" <> "operation-facts" Changed Patch
        "something else of an operation" "" "";
}
