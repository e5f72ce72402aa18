//! What concerns a whole API.

super::rows! {
    BASE_URL = "base-url" <> "base-url" Behaviour Minor
        "the server, or the path that every URL begins with" "" "calls go to another URL";
    BASE_URL_LOST = "base-url-lost" <> "base-url-found" Behaviour Major
        "no server is named any more" "" "`build` fails without `base_url`";
    BASE_URL_FOUND = "base-url-found" <> "base-url-lost" Behaviour Minor
        "a server is named" "" "`base_url` may be left out";
    SERVER_ADDED = "server-added" <> "server-removed" Added Minor
        "a server to choose from" "a constant or a function in `servers`" "";
    SERVER_REMOVED = "server-removed" <> "server-added" Breaking Major
        "a server to choose from is gone" "its constant or function is gone" "";
    SERVER_VARIABLES = "server-variables" <> "server-variables" Breaking Major
        "other variables in the URL of a server" "its constant or function takes something else" "";
    SERVER_URL = "server-url" <> "server-url" Behaviour Minor
        "another URL of a server to choose from" "" "who chooses it calls another URL";
    CLIENT_SCOPES_ADDED = "client-scopes-added" <> "client-scopes-removed" Behaviour Major
        "the narrowest scopes that are enough for all operations" "`SCOPES` has more"
        "tokens are asked for with more scopes: where exact scopes are allowed, users allow them before they upgrade";
    CLIENT_SCOPES_REMOVED = "client-scopes-removed" <> "client-scopes-added" Behaviour Minor
        "the narrowest scopes that are enough for all operations" "`SCOPES` has fewer"
        "tokens are asked for with fewer scopes";
    CREDENTIALS_ADDED = "credentials-added" <> "credentials-removed" Added Minor
        "a security scheme" "a function in `credentials`" "";
    CREDENTIALS_REMOVED = "credentials-removed" <> "credentials-added" Breaking Major
        "a security scheme is gone" "its function in `credentials` is gone" "";
    CREDENTIALS_TYPE = "credentials-type" <> "credentials-type" Breaking Major
        "a security scheme of another type" "its function takes or returns another type" "";
    CREDENTIALS_PLACE = "credentials-place" <> "credentials-place" Behaviour Minor
        "where a key goes, or the token endpoint" "" "credentials are sent elsewhere";
    STANDARD_ADDED = "standard-parameter-added" <> "standard-parameter-removed" Added Minor
        "a parameter that every operation takes" "a setter of `StandardParameters`" "";
    STANDARD_REMOVED = "standard-parameter-removed" <> "standard-parameter-added" Breaking Major
        "a parameter that every operation took" "its setter is gone" "";
    STANDARD_TYPE = "standard-parameter-type" <> "standard-parameter-type" Breaking Major
        "the type of a parameter that every operation takes" "its setter takes another type" "";
    PRESET = "preset" <> "preset" Behaviour Minor
        "the value of a standard parameter that is always sent" "" "every call sends another value";
    HEADER_ADDED = "response-header-added" <> "response-header-removed" Added Minor
        "a response header" "a field of the type of the headers" "";
    HEADER_REMOVED = "response-header-removed" <> "response-header-added" Breaking Major
        "a response header is gone" "its field is gone" "";
    HEADER_TYPE = "response-header-type" <> "response-header-type" Breaking Major
        "the type of a response header, or several that collide" "its field has another type or name" "";
    HEADERS_RENAMED = "response-headers-type" <> "response-headers-type" Breaking Major
        "names that collide now" "the type of the response headers has another name" "";
    NAME_ADDED = "resource-name-added" <> "resource-name-removed" Added Minor
        "a form of resource names" "a type in `names`" "";
    NAME_REMOVED = "resource-name-removed" <> "resource-name-added" Breaking Major
        "a form of resource names is gone" "its type in `names` is gone" "";
    NAME_PARTS = "resource-name-parts" <> "resource-name-parts" Breaking Major
        "the parts of a form of resource names" "`new` takes other parts, or they have other methods" "";
    NAME_PATTERN = "resource-name-pattern" <> "resource-name-pattern" Behaviour Minor
        "the collections in a form of resource names" "" "other names are valid";
    API_VERSION = "api-version" <> "api-version" Changed Patch
        "the version of the API" "the comment of the client's module" "";
    API_FACTS = "api-facts" <> "api-facts" Changed Patch
        "something else in the document" "" "";
    PUBLIC_API = "public-api" <> "public-api" Breaking Major
        "something of which no other row speaks; no spec is known that needs this" "something public is gone or has another type" "";
}
