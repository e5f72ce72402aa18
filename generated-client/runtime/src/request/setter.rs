//! The setters of requests.

/// Defines a setter, by where its value goes. For the macro [`request!`](crate::request).
#[doc(hidden)]
#[macro_export]
macro_rules! request_setter {
    ([$($meta:tt)*] $setter:ident (impl Into<$type:ty>) $($rest:tt)*) => {
        $($meta)* fn $setter(self, value: impl ::std::convert::Into<$type>) -> Self {
            let value: $type = value.into();
            $crate::request_setter!(@set self value $($rest)*)
        }
    };
    ([$($meta:tt)*] $setter:ident (impl IntoIterator<Item = impl Into<$type:ty>>) $($rest:tt)*) => {
        $($meta)* fn $setter(
            self,
            values: impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<$type>>,
        ) -> Self {
            let values: ::std::vec::Vec<$type> =
                values.into_iter().map(::std::convert::Into::into).collect();
            $crate::request_setter!(@set self values $($rest)*)
        }
    };
    ([$($meta:tt)*] $setter:ident (impl IntoIterator<Item = $type:ty>) $($rest:tt)*) => {
        $($meta)* fn $setter(self, values: impl ::std::iter::IntoIterator<Item = $type>) -> Self {
            let values: ::std::vec::Vec<$type> = values.into_iter().collect();
            $crate::request_setter!(@set self values $($rest)*)
        }
    };
    ([$($meta:tt)*] $setter:ident (&$type:ty) (body) (wire) ()) => {
        $($meta)* fn $setter(self, value: &$type) -> Self {
            Self { call: self.call.json(&$crate::macros::Out(value)) }
        }
    };
    ([$($meta:tt)*] $setter:ident (&$type:ty) (form) (wire) ()) => {
        $($meta)* fn $setter(self, value: &$type) -> Self {
            Self { call: self.call.form(&$crate::macros::Out(value)) }
        }
    };
    ([$($meta:tt)*] $setter:ident ($type:ty) $($rest:tt)*) => {
        $($meta)* fn $setter(self, value: $type) -> Self {
            $crate::request_setter!(@set self value $($rest)*)
        }
    };

    (@set $self:ident $value:ident (query $wire:literal) ($($form:ident)?) ($($limit:literal)?)) => {
        $crate::SetParameter::set_parameter(
            $self,
            $wire,
            &$crate::request_setter!(@form $value $($form)?),
            $crate::request_setter!(@limit $($limit)?),
        )
    };
    (@set $self:ident $value:ident (header $wire:literal) ($($form:ident)?) ($($limit:literal)?)) => {
        Self {
            call: $self.call.header($wire, &$crate::request_setter!(@form $value $($form)?)),
        }
    };
    (@set $self:ident $value:ident (cookie $wire:literal) ($($form:ident)?) ($($limit:literal)?)) => {
        Self {
            call: $self.call.cookie($wire, &$crate::request_setter!(@form $value $($form)?)),
        }
    };
    (@set $self:ident $value:ident (part $wire:literal) ($($form:ident)?) ($($limit:literal)?)) => {
        Self {
            call: $self.call.part($wire, &$crate::request_setter!(@form $value $($form)?)),
        }
    };
    (@set $self:ident $value:ident (file $wire:literal) () ()) => {
        Self { call: $self.call.file($wire, $value) }
    };
    (@set $self:ident $value:ident (files $wire:literal) () ()) => {
        Self { call: $self.call.files($wire, $value) }
    };
    (@set $self:ident $value:ident (upload) () ()) => {
        Self { call: $self.call.upload($value) }
    };
    (@set $self:ident $value:ident (multipart) () ()) => {
        Self { call: $self.call.multipart($value) }
    };
    (@set $self:ident $value:ident (form) ($($form:ident)?) ()) => {
        Self {
            call: $self.call.form(&$crate::request_setter!(@form $value $($form)?)),
        }
    };
    (@set $self:ident $value:ident ($style:ident $wire:literal) ($($form:ident)?) ($($limit:literal)?)) => {
        Self {
            call: $self.call.styled(
                $wire,
                $crate::QueryStyle::$style,
                &$crate::request_setter!(@form $value $($form)?),
            ),
        }
    };
    (@set $self:ident $value:ident (body) ($($form:ident)?) ($($limit:literal)?)) => {
        Self {
            call: $self.call.json(&$crate::request_setter!(@form $value $($form)?)),
        }
    };

    (@form $value:ident) => { $value };
    (@form $value:ident exploded) => { $crate::Exploded(&$value) };
    (@form $value:ident json) => { $crate::JsonText(&$value) };
    (@form $value:ident wire) => { $crate::macros::Out(&$value) };
    (@limit) => { ::std::option::Option::None };
    (@limit $limit:literal) => { ::std::option::Option::Some($limit) };
}
