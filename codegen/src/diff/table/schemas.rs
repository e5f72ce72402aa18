//! What concerns a schema, its properties and its values.

super::rows! {
    SCHEMA_ADDED = "schema-added" <> "schema-removed" Added Minor
        "a schema, or one without a name of its own" "a type" "";
    SCHEMA_REMOVED = "schema-removed" <> "schema-added" Breaking Major
        "a schema is gone, or no operation reaches it" "its type is gone" "";
    SCHEMA_RENAMED = "schema-renamed" <> "schema-renamed" Breaking Major
        "a schema has another name, or collides now" "its type has another name" "";
    SCHEMA_TAKEN = "schema-taken" <> "schema-taken" Behaviour Major
        "names that collide now" "a type is that of another schema" "the same code means another schema";
    SCHEMA_KIND = "schema-kind" <> "schema-kind" Breaking Major
        "a schema of another kind: an object, values, a union, another type" "its type is another kind of type" "";
    SCHEMA_TYPE = "schema-type" <> "schema-type" Breaking Major
        "the type of a schema that is no object" "the field of its type has another type" "";
    SCHEMA_DEPRECATED = "schema-deprecated" <> "schema-undeprecated" Deprecated Minor
        "a schema is deprecated" "`#[deprecated]`" "";
    SCHEMA_UNDEPRECATED = "schema-undeprecated" <> "schema-deprecated" Changed Patch
        "a schema is no longer deprecated" "no `#[deprecated]`" "";
    SCHEMA_FACTS = "schema-facts" <> "schema-facts" Changed Patch
        "something else of a schema" "" "";
    PROPERTY_ADDED = "property-added" <> "property-removed" Added Minor
        "a property" "a field" "";
    PROPERTY_REMOVED = "property-removed" <> "property-added" Breaking Major
        "a property is gone" "its field is gone" "";
    PROPERTY_GONE_TAKEN = "property-removed-taken" <> "property-added" Behaviour Major
        "a property is gone, and another one of the same type has its field" ""
        "the same code reads and writes another property";
    PROPERTY_RENAMED = "property-renamed" <> "property-renamed" Breaking Major
        "a property of the same type has another name" "its field has another name" "";
    PROPERTY_FIELD = "property-field" <> "property-field" Breaking Major
        "names that collide now" "a field has another name" "";
    PROPERTY_TAKEN = "property-taken" <> "property-field" Behaviour Major
        "names that collide now" "a field has another name, and another one of the same type has its name"
        "the same code reads and writes another property";
    PROPERTY_WIRE = "property-wire" <> "property-wire" Behaviour Minor
        "a property is written otherwise, and its field is not" "" "another name is sent and read";
    PROPERTY_TYPE = "property-type" <> "property-type" Breaking Major
        "the type, format or values of a property" "its field has another type" "";
    PROPERTY_OPTION = "property-option" <> "property-option" Breaking Major
        "whether a property may be null or is sent in part" "its field is an `Option` or `Nullable`, or no longer" "";
    PROPERTY_BOX = "property-box" <> "property-box" Breaking Major
        "schemas refer to each other, or no longer" "its field is a `Box`, or no longer" "";
    PROPERTY_REQUIRED = "property-required" <> "property-optional" Behaviour Minor
        "a property is required" "" "the server refuses a request without it; a list is sent when it is empty";
    PROPERTY_OPTIONAL = "property-optional" <> "property-required" Behaviour Minor
        "a property is no longer required" "" "a list is left out when it is empty";
    NEW_ADDED = "constructor-added" <> "constructor-removed" Added Minor
        "a request body has required properties" "`new` takes them" "";
    NEW_REMOVED = "constructor-removed" <> "constructor-added" Breaking Major
        "a request body has no required properties, or more than eight" "`new` is gone" "";
    NEW_CHANGED = "constructor-changed" <> "constructor-changed" Breaking Major
        "other properties of a request body are required" "`new` takes other arguments" "";
    NEW_REPLACED = "constructor-replaced" <> "constructor-replaced" Behaviour Major
        "other required properties of the same types" "" "an argument of `new` means something else";
    PROPERTY_ALWAYS = "property-always-there" <> "property-not-always-there" Changed Patch
        "a property that is only read is required" "" "";
    PROPERTY_NOT_ALWAYS = "property-not-always-there" <> "property-always-there" Changed Patch
        "a property that is only read is no longer required" "" "";
    PROPERTY_DEFAULT = "property-default" <> "property-default" Behaviour Minor
        "the default of a property" "" "the server takes another value where none is sent";
    PROPERTY_WRITTEN = "property-written" <> "property-written" Behaviour Minor
        "whether an integer of 64 bits is a number or text in JSON" "" "it is sent and read in another way";
    PROPERTY_BOUNDS = "property-bounds" <> "property-bounds" Changed Patch
        "the bounds or the pattern of a property" "" "the server accepts other values";
    PROPERTY_FORMAT = "property-format" <> "property-format" Changed Patch
        "the format of a property that keeps its type in Rust" "" "";
    PROPERTY_NULLABLE = "property-nullable" <> "property-nullable" Changed Patch
        "whether a property may be null, and its type in Rust is the same" "" "";
    PROPERTY_ACCESS = "property-access" <> "property-access" Changed Patch
        "whether a property is only read or only written" "" "";
    PROPERTY_DEPRECATED = "property-deprecated" <> "property-undeprecated" Deprecated Minor
        "a property is deprecated" "`#[deprecated]`" "";
    PROPERTY_UNDEPRECATED = "property-undeprecated" <> "property-deprecated" Changed Patch
        "a property is no longer deprecated" "no `#[deprecated]`" "";
    REST_ADDED = "additional-properties-added" <> "additional-properties-removed" Added Minor
        "properties that are not listed have a schema" "a field that holds them" "";
    REST_REMOVED = "additional-properties-removed" <> "additional-properties-added" Breaking Major
        "properties that are not listed have no schema any more" "the field that held them is gone" "";
    REST_TYPE = "additional-properties-type" <> "additional-properties-type" Breaking Major
        "the schema of properties that are not listed" "the field that holds them has another type" "";
    VALUE_ADDED = "value-added" <> "value-removed" Added Minor
        "a value of an enum" "a variant" "what was `Unrecognized` until now is the new variant";
    VALUE_REMOVED = "value-removed" <> "value-added" Breaking Major
        "a value of an enum is gone" "its variant is gone" "the value is `Unrecognized`";
    VALUE_GONE_TAKEN = "value-removed-taken" <> "value-added" Behaviour Major
        "a value of an enum is gone, and another one has its variant" "" "the same code means another value";
    VALUE_VARIANT = "value-variant" <> "value-variant" Breaking Major
        "names that collide now" "a variant has another name" "";
    VALUE_TAKEN = "value-taken" <> "value-variant" Behaviour Major
        "names that collide now" "a variant has another name, and another value has its name"
        "the same code means another value";
    VALUE_WIRE = "value-wire" <> "value-wire" Behaviour Minor
        "a value is written otherwise, and its variant is not" "" "another value is sent and read";
    VALUE_DEPRECATED = "value-deprecated" <> "value-undeprecated" Deprecated Minor
        "a value of an enum is deprecated" "`#[deprecated]`" "";
    VALUE_UNDEPRECATED = "value-undeprecated" <> "value-deprecated" Changed Patch
        "a value of an enum is no longer deprecated" "no `#[deprecated]`" "";
    MEMBER_ADDED = "member-added" <> "member-removed" Added Minor
        "a member of a union" "a variant" "what was `Unrecognized` until now is the new variant";
    MEMBER_REMOVED = "member-removed" <> "member-added" Breaking Major
        "a member of a union is gone" "its variant is gone" "the value is `Unrecognized`";
    MEMBER_TYPE = "member-type" <> "member-type" Breaking Major
        "the type of a member of a union" "its variant holds another type" "";
    MEMBER_FROM = "member-from-added" <> "member-from-removed" Added Minor
        "a member of a union is the only one of its type" "the union is `From` that type" "";
    MEMBER_FROM_LOST = "member-from-removed" <> "member-from-added" Breaking Major
        "several members of a union have one type" "the union is no longer `From` that type" "";
    UNION_TAG = "union-told-apart" <> "union-told-apart" Behaviour Minor
        "how members of a union are told apart" "" "values may be read as another member";
}
