//! What concerns a parameter, or a request body.

super::rows! {
    ARGUMENT_ADDED = "argument-added" <> "argument-removed" Breaking Major
        "a required parameter or body" "the method takes another argument" "";
    ARGUMENT_REMOVED = "argument-removed" <> "argument-added" Breaking Major
        "a required parameter or body is gone" "the method takes an argument less" "";
    ARGUMENT_TO_SETTER = "argument-to-setter" <> "setter-to-argument" Breaking Major
        "a parameter or body is no longer required, or is one of more than six" "an argument of the method is a setter" "";
    SETTER_TO_ARGUMENT = "setter-to-argument" <> "argument-to-setter" Breaking Major
        "a parameter or body is required now" "a setter is an argument of the method" "";
    ARGUMENTS_ORDER = "arguments-order" <> "arguments-order" Breaking Major
        "the order of values in the path" "the method takes its arguments in another order" "";
    ARGUMENTS_REPLACED = "arguments-replaced" <> "arguments-replaced" Behaviour Major
        "other required parameters of the same types" "" "an argument means something else: check every call";
    SETTER_ADDED = "setter-added" <> "setter-removed" Added Minor
        "an optional parameter or body" "a setter of the request" "";
    SETTER_REMOVED = "setter-removed" <> "setter-added" Breaking Major
        "an optional parameter or body is gone" "its setter is gone" "";
    SETTER_GONE_TAKEN = "setter-removed-taken" <> "setter-added" Behaviour Major
        "an optional parameter is gone, and another one of the same type has its setter" ""
        "the same code sets another parameter: check every call";
    SETTER_NAME = "setter-name" <> "setter-name" Breaking Major
        "names that collide now" "a setter has another name" "";
    SETTER_TAKEN = "setter-taken" <> "setter-name" Behaviour Major
        "names that collide now" "a setter has another name, and another one of the same type has its name"
        "the same code sets another parameter: check every call";
    SETTER_REQUIRED = "setter-required" <> "setter-optional" Behaviour Minor
        "one of more than six parameters is required now" "" "`send` fails unless it is set";
    SETTER_OPTIONAL = "setter-optional" <> "setter-required" Changed Minor
        "one of more than six parameters is no longer required" "" "`send` does not need it";
    PARAMETER_TYPE = "parameter-type" <> "parameter-type" Breaking Major
        "the type, format, values or repetition of a parameter, or the schema of a body"
        "the method or the setter takes another type" "";
    PARAMETER_PLACE = "parameter-place" <> "parameter-place" Behaviour Minor
        "where a parameter goes, or its name there" "" "the value is sent elsewhere";
    PARAMETER_STYLE = "parameter-style" <> "parameter-style" Behaviour Minor
        "the style of a list or an object" "" "the value is written in another way";
    PARAMETER_LENGTH = "parameter-max-length" <> "parameter-max-length" Behaviour Minor
        "the length of a standard parameter or of one in the query" "" "the client refuses values of another length";
    PARAMETER_DEFAULT = "parameter-default" <> "parameter-default" Behaviour Minor
        "the default of a parameter" "" "the server takes another value where none is sent";
    PARAMETER_BOUNDS = "parameter-bounds" <> "parameter-bounds" Changed Patch
        "the bounds or the pattern of a parameter" "" "the server accepts other values";
    PARAMETER_FORMAT = "parameter-format" <> "parameter-format" Changed Patch
        "the format of a parameter that keeps its type in Rust" "" "";
    PARAMETER_DEPRECATED = "parameter-deprecated" <> "parameter-undeprecated" Deprecated Minor
        "a parameter is deprecated" "`#[deprecated]`" "";
    PARAMETER_UNDEPRECATED = "parameter-undeprecated" <> "parameter-deprecated" Changed Patch
        "a parameter is no longer deprecated" "no `#[deprecated]`" "";
}
